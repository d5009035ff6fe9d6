using System.Text;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <summary>What the other side says about the use of a transfer: reports, questions and decisions about onward transfers, incidents. Words go to the vault.</summary>
public sealed class UseEffects(UseDesk desk, TimeProvider clock)
{
    public Task<Effect> Reported(AcceptedMessage message, CancellationToken cancellation) => On(message, Members(message), "report", used =>
        new ReceiveUseReport(DigestOf(message), Items(Members(message)), used.Purpose, message.At).Decide(used.Use), cancellation);

    public Task<Effect> OnwardAsked(AcceptedMessage message, CancellationToken cancellation)
    {
        var members = Members(message);
        var to = members.GetProperty("to");
        var recipient = new OnwardRecipient(to.GetProperty("jurisdiction").GetString()!, to.TryGetProperty("authority", out var authority) ? authority.GetString() : null);
        return On(message, members, "reason", used =>
            new ReceiveOnwardRequest(DigestOf(message), Refs(members), recipient, members.GetProperty("purpose").GetString()!, message.At).Decide(used.Use), cancellation);
    }

    /// <summary>Consent counts only from the authority that made the offer.</summary>
    public async Task<Effect> OnwardDecided(AcceptedMessage message, CancellationToken cancellation)
    {
        var act = message.Acts[0];
        var offer = act.Payload.GetProperty("offer").GetProperty("digest").GetString();
        if (!message.Known.TryGetValue(Digest.Parse(offer), out var offered) || offered.Issuer != act.Issuer) return new Effect.Refused("not-the-offering-authority");
        var conditions = act.Payload.TryGetProperty("conditions", out var set) ? set.EnumerateArray().Select(condition => condition.GetProperty("type").GetString()!) : [];
        var outcome = act.Payload.GetProperty("outcome").GetString() == "granted" ? OnwardOutcome.Granted : OnwardOutcome.Refused;
        var asked = act.Payload.GetProperty("asked").GetString()!;
        return await On(message, act.Payload, "reason", used => used.Use.OfferAct == offer
            ? new ReceiveOnwardDecision(asked, act.Digest.ToString(), Refs(act.Payload), outcome, [.. conditions], message.At).Decide(used.Use)
            : new NotPermitted(UseRules.NotAsked), cancellation);
    }

    /// <summary>An incident of a transfer withholds keys here too; a notice about anything else is kept and changes no transfer.</summary>
    public async Task<Effect> Noticed(AcceptedMessage message, CancellationToken cancellation)
    {
        var notice = (MessageBody.IncidentNotice)message.Message.Body;
        if (notice.Transfer is null || EnumCode.Read<IncidentKind>(notice.Incident) is not { } kind) return Effects.Unchanged(message, clock);
        return await On(message, notice.Transfer, "reason", used => new NoteIncident(DigestOf(message), kind, notice.Items ?? [], message.At).Decide(used.Use), cancellation);
    }

    private Task<Effect> On(AcceptedMessage message, JsonElement members, string words, Func<UsedTransfer, Decision<UseEvent>> decide, CancellationToken cancellation) =>
        On(message, members.GetProperty("transfer").GetString()!, words, decide, cancellation);

    /// <summary>What a decision about a transfer of this thread comes to, with the words disclosed beside the message.</summary>
    internal async Task<Effect> On(AcceptedMessage message, string transfer, string words, Func<UsedTransfer, Decision<UseEvent>> decide, CancellationToken cancellation)
    {
        // Another thread's transfer is nobody's business here.
        if (await desk.Load(transfer, cancellation) is not { } used || message.Thread.History.Case != used.CaseStream) return new Effect.Refused("transfer-unknown");
        var decision = decide(used);
        var group = desk.Work.Journal.Begin(used.Key);
        if (decision.Events.Count > 0 && message.Text(words) is { } text) group.Seal(UseDesk.WordsOf(transfer, used.Version + 1), Encoding.UTF8.GetBytes(text));
        return desk.Applied(message, used, decision, group);
    }

    private static JsonElement Members(AcceptedMessage message) => ((MessageBody.Other)message.Message.Body).Members;

    private static string DigestOf(AcceptedMessage message) => message.Message.Digest.ToString();

    private static string[] Refs(JsonElement members) => [.. members.GetProperty("items").EnumerateArray().Select(item => item.GetString()!)];

    private static List<ItemUses> Items(JsonElement members) => members.GetProperty("items").Deserialize<List<ItemUses>>(EventJson.Options)!;
}
