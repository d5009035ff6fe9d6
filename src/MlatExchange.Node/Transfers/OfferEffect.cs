using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>An offer for one of our requests arrives: terms become the stricter of asked and offered, JWE(A) lies under the transfer's own key.</summary>
public sealed class OfferEffect(TransferDesk desk)
{
    public async Task<Effect> Of(AcceptedMessage message, CancellationToken cancellation)
    {
        var (act, work) = (message.Acts[0], desk.Work);
        var offer = (ActBody.TransferOffer)act.Body;
        if (RequestOf(message.Thread.History.Case) is not { } id) return new Effect.Refused("offer-for-unknown-request");
        var request = await work.Journal.Load<AssistanceRequest, RequestEvent>(AssistanceRequest.StreamName(id), AssistanceRequest.Initial, AssistanceRequest.Evolve, cancellation);
        if (request.State is not AssistanceRequest.Dispatched sent || sent.Request.ActDigest != offer.Answers.Digest.ToString()) return new Effect.Refused("offer-for-other-act");
        if (!SharesMatch(offer, message.Shares)) return new Effect.Refused("wrapped-share-differs");

        var facts = sent.Request.Draft.Facts;
        var values = Values(message);
        var items = offer.Items.Select(item => Item(item, facts.Retention, values)).ToList();
        var received = new HoldingEvent.OfferReceived(
            offer.Transfer, id, message.Counterpart,
            new(act.Digest.ToString(), Protocol.Messages.OfferDigests.Conditions(offer.Items).ToString(), Protocol.Messages.OfferDigests.Terms(offer.Items).ToString()),
            items, offer.ReleaseBy, offer.Expires, message.At);
        var held = await desk.Held(offer.Transfer, cancellation);
        var decision = new ReceiveOffer(received).Decide(held.State);
        if (decision.RefusedBy is { } rule) return new Effect.Refused(rule.Slug);
        var noted = new RecordOffer(offer.Transfer, message.At).Decide(request.State);
        if (noted.RefusedBy is { } other) return new Effect.Refused(other.Slug);
        var (key, codes) = (message.Thread.History.Key!, TransferDesk.Codes(sent, message.Counterpart, items));
        var committed = TransferDesk.Committed(offer.Transfer, id, items, null);
        var group = work.Journal.Begin(key)
            .Add(held.Stream, held.Version, decision, codes, committed, message.Message.Record)
            .Add(request.Stream, request.Version, noted, codes, committed);
        if (decision.Events.Count > 0)
            group.Seal($"transfer/{offer.Transfer}/disclosed", JsonSerializer.SerializeToUtf8Bytes(
                message.Disclosed.SelectMany(values => values).Select(value => new { value.Name, value.Value }), EventJson.Options))
                .Add([work.Vault.Seal($"transfer/{offer.Transfer}/wrapped-shares", TransferDesk.KeyOf(offer.Transfer), JsonSerializer.SerializeToUtf8Bytes(message.Shares))]);
        var append = group.ToAppend();
        return new Effect.Applied(key) { Case = request.Stream, SharesKey = TransferDesk.KeyOf(offer.Transfer), Codes = codes, Streams = append.Streams, Vault = append.Vault };
    }

    internal static Guid? RequestOf(string? stream) =>
        stream?.StartsWith("request-", StringComparison.Ordinal) == true && Guid.TryParse(stream.AsSpan("request-".Length), out var id) ? id : null;

    private static bool SharesMatch(ActBody.TransferOffer offer, IReadOnlyList<string> shares) =>
        shares.Select(share => WrappedShare.DigestOf(share)).ToHashSet().SetEquals(offer.Items.Select(item => item.WrappedShare));

    /// <summary>Disclosed values of conditions by name, <c>condition/&lt;item&gt;/&lt;n&gt;</c>.</summary>
    private static Dictionary<string, string> Values(AcceptedMessage message) => message.Disclosed
        .SelectMany(values => values)
        .Where(value => value.Name.StartsWith("condition/", StringComparison.Ordinal) && value.Value.ValueKind == JsonValueKind.String)
        .DistinctBy(value => value.Name)
        .ToDictionary(value => value.Name, value => value.Value.GetString()!, StringComparer.Ordinal);

    private static EvidenceItem Item(OfferedItem item, RetentionTerms asked, Dictionary<string, string> values) => new(
        item.Ref, item.RequestItem, item.Size, item.Digest.ToString(), item.Commitment, item.MediaType, item.DataCategory, item.SubjectCategory, item.Handling,
        item.WrappedShare.ToString(), item.NodeShare.ToString(),
        RetentionSchedule.Stricter(asked, PreparedItems.Terms(item.Retention)),
        [.. item.Conditions.Select(condition => condition.Type)], item.Tool,
        PreparedItems.Limits(item.Conditions.Select((condition, n) => (condition.Type, values.GetValueOrDefault($"condition/{item.Ref}/{n}")))),
        item.Custody?.ToString());
}
