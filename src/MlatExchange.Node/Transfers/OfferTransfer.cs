using System.Text.Json;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <summary><c>POST /api/transfers/{id}/offer</c>: the executing authority offers the sealed items under conditions and terms, by an act under its own key.</summary>
public static class OfferTransferEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/transfers/{id}/offer", Handle).For(Role.Signer)
        .WithTags("Transfers").WithSummary("Offer the sealed items to the requesting authority");

    private static Task<IResult> Handle(HttpContext http, string id, TransferDesk desk) => desk.OnSupplied(http, id, async (loaded, package, received) =>
    {
        var (work, request) = (desk.Work, received.Dossier.Received);
        if (loaded.State is SuppliedTransfer.OnOffer known) return Attempt.Answer(TransferDesk.Answer(http, 202, known.Name, loaded.Version));
        if (await work.Vault.Open(TransferDesk.PreparedOf(id), http.RequestAborted) is not { } bytes) return Attempt.Answer(Problem.Gone("transfer-destroyed", "The transfer's key was destroyed."));
        var prepared = JsonSerializer.Deserialize<PreparedBody>(bytes, StrictJson.Options)!;
        var items = prepared.Items.Select(PreparedItems.ToOffer).ToList();
        List<KeyValuePair<string, JsonElement>> values = [];
        foreach (var item in prepared.Items)
            for (var n = 0; n < item.Conditions.Count; n++)
                if (item.Conditions[n].Value is { } value) values.Add(new($"condition/{item.Ref}/{n}", JsonSerializer.SerializeToElement(value)));
        var (texts, disclosures) = Disclosures.Make(work.Random, values);
        var requesting = work.Trust().Authority(request.Sender, request.Facts.Issuer.Authority) ?? throw new InvalidOperationException("The issuing authority is not in the trust list.");
        var by = work.Acting(ReceivedDesk.KeyOf(package.Received), http, Role.Signer);
        var payload = ActPayload.Write(
            work.Core(request.Facts.Addressee.Jurisdiction, received.Dossier.Authority, requesting.Entity),
            new ActBody.TransferOffer(id, new ActRef(request.Act, Digest.Parse(request.ActDigest)), "node", package.ReleaseBy, package.Expires, items, texts));
        if (work.SignAct(ActKind.TransferOffer, payload, by.Authority) is not { } act) return Attempt.Answer(Problem.Of(CaseWork.NoActKey));
        var digests = new Domain.Transfers.OfferDigests(act.Digest.ToString(), Protocol.Messages.OfferDigests.Conditions(items).ToString(), Protocol.Messages.OfferDigests.Terms(items).ToString());
        var decision = new OfferTransfer(digests, by, work.Now).Decide(loaded.State);
        if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
        var group = desk.Gather(id, loaded, package, received, decision, by);
        var answered = await work.Journal.Load<ReceivedRequest, ExecutionEvent>(ReceivedRequest.StreamName(package.Received), ReceivedRequest.Initial, ReceivedRequest.Evolve, http.RequestAborted);
        var made = new NoteOffer(id, work.Now).Decide(answered.State);
        if (made.RefusedBy is { } forbids) return Attempt.Answer(Problem.Of(forbids));
        group.Add(answered.Stream, answered.Version, made, ReceivedDesk.Codes(request), ReceivedDesk.Committed(package.Received, by));
        await work.Send(group, request.Thread, http.RequestAborted, new Outgoing(new MessageBody.Carrier(MessageKind.TransferOffer), request.Sender, ReceivedDesk.KeyOf(package.Received))
        {
            Case = ReceivedRequest.StreamName(package.Received),
            Acts = [act],
            Shares = [.. prepared.Items.Select(item => item.WrappedShare)],
            SharesKey = TransferDesk.KeyOf(id),
            Disclosures = disclosures,
            Codes = TransferDesk.Codes(request, package.Items),
        });
        return Attempt.Write(group, loaded.Version, version => TransferDesk.Answer(http, 202, TransferDesk.After(loaded.State, decision).Name, version));
    });
}
