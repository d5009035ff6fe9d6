using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <summary>An act of either side's authority about a transfer: it names the offer, is addressed to the other side's authority, and travels in a message of its kind.</summary>
internal static class UseActs
{
    /// <summary>Signs the act, decides on its digest, and gathers events, words and message; null when the node does not hold the authority's key.</summary>
    /// <param name="offer">Member that names the offer.</param>
    /// <param name="members">The other members; words are added to them as a disclosure.</param>
    public static async Task<(Group Group, Decision<UseEvent> Decision, Act Act)?> Send(
        this UseDesk desk, UsedTransfer used, MessageKind kind, string offer, JsonObject members, string words, Official by, Func<string, Decision<UseEvent>> decide, CancellationToken cancellation)
    {
        var work = desk.Work;
        var offered = await AcceptOfferEndpoint.OfferAct(work, used.Thread, used.Use.OfferAct!, cancellation);
        members[offer] = CaseWord.Reference(offered.Ref.Act, offered.Ref.Digest.ToString());
        var disclosures = Words.Disclose(members, work.Random, "reason", words);
        var (own, other) = used.Use.Side == UseSide.Supplier ? (used.Facts.Addressee.Jurisdiction, offered.Addressees[0]) : (used.Facts.Issuer.Jurisdiction, offered.Issuer);
        var payload = ActPayload.Write(work.Core(own, used.Authority, other), new ActBody.Other(kind.Carries!, JsonSerializer.SerializeToElement(members)));
        if (work.SignAct(kind.Carries!, payload, used.Authority) is not { } act) return null;
        var decision = decide(act.Digest.ToString());
        var group = desk.Gather(used, decision, by);
        group.Seal(UseDesk.WordsOf(used.Use.Transfer, used.Version + 1), Encoding.UTF8.GetBytes(words));
        await work.Send(group, used.Thread, cancellation, UseDesk.Message(used, new MessageBody.Carrier(kind), disclosures) with { Acts = [act] });
        return (group, decision, act);
    }
}
