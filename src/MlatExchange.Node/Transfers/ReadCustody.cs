using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Oversight;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>An act of the chain with the signed record that tells it.</summary>
/// <param name="Signed">The record as it was handed in (compact JWS); null for what a node did, and once the case's key is destroyed.</param>
public sealed record ShownLink(CustodyLink Link, string? Signed);

/// <summary>
/// <c>GET /api/transfers/{id}/custody</c>: every act on the items of a transfer, in order, each with the act before it; as CASE/UCO where <c>Accept</c> prefers <c>application/ld+json</c>.
/// <c>GET /api/oversight/transfers/{id}/custody</c>: the same for an oversight body, recorded as a consultation before it is given out.
/// </summary>
public static class ReadCustodyEndpoint
{
    private const string Json = "application/json", LinkedData = "application/ld+json";

    private static readonly string[] Formats = [Json, LinkedData];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/transfers/{id}/custody", Handle).For(Role.Case).WithTags("Transfers").WithSummary("The chain of custody of a transfer");
        routes.MapGet("/api/oversight/transfers/{id}/custody", Consulted).ForOversight().WithTags("Oversight").WithSummary("The chain of custody of a transfer");
    }

    /// <summary>The chain with its records, as far as they can still be opened.</summary>
    public static async Task<IReadOnlyList<ShownLink>> Chain(TransferUse use, Vault vault, CancellationToken cancellation)
    {
        var shown = new List<ShownLink>(use.Custody.Links.Count);
        foreach (var link in use.Custody.Links)
            shown.Add(new(link, link.Told is not null && await vault.Open(RecordCustodyEndpoint.RecordOf(use.Transfer, link.Record), cancellation) is { } record ? Encoding.ASCII.GetString(record) : null));
        return shown;
    }

    private static async Task<IResult> Handle(HttpContext http, string id, UseDesk desk, NodeIdentity node)
    {
        if (Accepted.Of(http.Request, Formats) is not { } format) return NotAcceptable();
        return await desk.On(http, id, async used =>
        {
            http.Tag(used.Version);
            return Attempt.Answer(Shown(http, format, used, await Chain(used.Use, desk.Work.Vault, http.RequestAborted), node.Jurisdiction));
        });
    }

    private static async Task<IResult> Consulted(HttpContext http, string id, UseDesk desk, NodeIdentity node, Consultations consultations)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        if (Accepted.Of(http.Request, Formats) is not { } format) return NotAcceptable();
        var used = SealingContext.IsTransfer(id) ? await desk.Load(id, http.RequestAborted) : null;
        // Of signed records, which hold exhibit numbers and references, oversight gets what the events say.
        var chain = used?.Use.Custody.Links.Select(link => new ShownLink(link, null)).ToList();
        var asked = new Dictionary<string, string>(StringComparer.Ordinal) { ["custody"] = id };
        return await consultations.Answer(http, purpose!, asked, used is null ? 0 : 1, _ => used is null ? Problem.NotFound() : Shown(http, format, used, chain!, node.Jurisdiction));
    }

    private static IResult NotAcceptable() => Problem.Of(StatusCodes.Status406NotAcceptable, "not-acceptable", $"A chain of custody is given as {string.Join(" or ", Formats)}.");

    private static IResult Shown(HttpContext http, string format, UsedTransfer used, IReadOnlyList<ShownLink> chain, string own)
    {
        http.Response.Headers.Vary = "Accept";
        if (format == LinkedData)
        {
            var graph = new CaseGraph(used.Use, chain, own, $"{used.Facts.LegalBasis[0].Instrument} {used.Facts.LegalBasis[0].Article}".TrimEnd()).ToJson();
            return Results.Text(graph.ToJsonString(), LinkedData, Encoding.UTF8);
        }
        return Results.Json(new
        {
            transfer = used.Use.Transfer,
            side = EnumCode.Of(used.Use.Side),
            acts = chain.Select(shown => new { shown.Link.Record, shown.Link.Previous, item = shown.Link.Ref, shown.Link.Act, shown.Link.Copy, shown.Link.By, shown.Link.At, shown.Link.Told, shown.Signed }),
        }, EventJson.Options);
    }
}
