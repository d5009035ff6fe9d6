using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Transfers;

/// <summary>An act of the chain with the signed record that tells it.</summary>
/// <param name="Signed">The record as it was handed in (compact JWS); null for what a node did, and once the case's key is destroyed.</param>
public sealed record ShownLink(CustodyLink Link, string? Signed);

/// <summary><c>GET /api/transfers/{id}/custody</c>: every act on the items of a transfer, in order, each with the act before it.</summary>
public static class ReadCustodyEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/transfers/{id}/custody", Handle).For(Role.Case)
        .WithTags("Transfers").WithSummary("The chain of custody of a transfer");

    /// <summary>The chain with its records, as far as they can still be opened.</summary>
    public static async Task<IReadOnlyList<ShownLink>> Chain(TransferUse use, Vault vault, CancellationToken cancellation)
    {
        var shown = new List<ShownLink>(use.Custody.Links.Count);
        foreach (var link in use.Custody.Links)
            shown.Add(new(link, link.Told is not null && await vault.Open(RecordCustodyEndpoint.RecordOf(use.Transfer, link.Record), cancellation) is { } record ? Encoding.ASCII.GetString(record) : null));
        return shown;
    }

    private static Task<IResult> Handle(HttpContext http, string id, UseDesk desk) => desk.On(http, id, async used =>
    {
        http.Tag(used.Version);
        var chain = await Chain(used.Use, desk.Work.Vault, http.RequestAborted);
        return Attempt.Answer(Results.Json(new
        {
            transfer = id,
            side = EnumCode.Of(used.Use.Side),
            acts = chain.Select(shown => new { shown.Link.Record, shown.Link.Previous, item = shown.Link.Ref, shown.Link.Act, shown.Link.Copy, shown.Link.By, shown.Link.At, shown.Link.Told, shown.Signed }),
        }, EventJson.Options));
    });
}
