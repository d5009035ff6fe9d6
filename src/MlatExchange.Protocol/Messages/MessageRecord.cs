using System.Text;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>
/// What stays readable of a message for ever, in both logs: codes only. A pure function of the message, its act and the accepted acts that this one rests on,
/// so that the receiver computes it again and refuses a difference.
/// </summary>
public static class MessageRecord
{
    /// <summary>The record of a message with an act, or of a key release.</summary>
    /// <param name="kind">A kind with <see cref="MessageKind.HasRecord"/>.</param>
    /// <param name="issuedAt">The message's own time.</param>
    /// <param name="act">The act that travels with it; for a key release, the acceptance that it names.</param>
    /// <param name="accepted">Accepted acts by digest; must hold those that <paramref name="act"/> rests on, up to the request.</param>
    /// <param name="record">The canonical JSON text.</param>
    /// <returns>Null, or the fault that keeps the record from being made, such as an act that is not known here.</returns>
    public static Fault? Write(MessageKind kind, DateTimeOffset issuedAt, Act act, IReadOnlyDictionary<Digest, Act> accepted, out string record)
    {
        record = "";
        ActBody.TransferOffer? offer = null;
        var (step, speaker) = (act, act.IssuedBy);
        while (step.Body is not ActBody.Request)
        {
            if (step.Body is ActBody.TransferOffer passed)
            {
                offer = passed;
                // A key release is the supplier's word: its authority is the one that offered.
                speaker = kind == MessageKind.KeyRelease ? step.IssuedBy : speaker;
            }

            var names = step.Names!;
            if (!accepted.TryGetValue(names.Digest, out var next) || next.Id != names.Act)
                return new Fault($"/{step.Kind.Names}", "act-not-known", "an accepted act");
            if (!MayRestOn(step.Kind, next.Kind))
                return new Fault($"/{step.Kind.Names}", "act-of-wrong-kind", "an act of a kind that this one may rest on");
            step = next;
        }

        var facts = ((ActBody.Request)step.Body).Facts;
        var assessment = act.Body switch { ActBody.Request asked => asked.Assessment, ActBody.Decision decided => decided.Assessment, _ => null };
        var items = act.Payload.TryGetProperty("items", out var listed) ? [.. listed.EnumerateArray().Select(RefOf)] : Array.Empty<string>();
        var offered = offer?.Items.Where(item => items.Length == 0 || items.Contains(item.Ref)).ToList();
        var asks = facts.GetProperty("items").EnumerateArray().Where(item => items.Length == 0 || items.Contains(Text(item, "ref"))).ToList();
        var own = offered is null ? null : new
        {
            Data = Sorted(offered.Select(item => item.DataCategory)),
            Subjects = Sorted(offered.Select(item => item.SubjectCategory)),
            Conditions = Sorted(offered.SelectMany(item => item.Conditions).Select(condition => condition.Type)),
            Retention = Terms(offered.Select(item => item.Retention)),
        };
        record = Encoding.UTF8.GetString(CanonicalJson.Of(new
        {
            Kind = kind.Slug,
            Requesting = Text(facts.GetProperty("issuer"), "jurisdiction"),
            Supplying = Text(facts.GetProperty("addressee"), "jurisdiction"),
            AuthorityRole = speaker.Kind,
            Instrument = Text(facts, "instrument"),
            Articles = Sorted(facts.GetProperty("legalBasis").EnumerateArray().Select(basis => $"{Text(basis, "instrument")} {Text(basis, "article")}")),
            DataCategories = own?.Data ?? Sorted(asks.Select(item => Text(item, "dataCategory"))),
            SubjectCategories = own?.Subjects ?? Sorted(facts.GetProperty("persons").EnumerateArray().Select(person => Text(person, "category"))),
            Purpose = Text(facts.GetProperty("necessity"), "purpose"),
            ConditionTypes = own?.Conditions ?? ConditionsOf(act, facts),
            Retention = own?.Retention ?? Terms([PayloadJson.Read<WireRetention>(facts.GetProperty("retention"))]),
            PackDigest = assessment?.PackDigest,
            IssuedAt = issuedAt,
        }));
        return null;
    }

    private static bool MayRestOn(ActKind kind, ActKind other) => kind.Slug switch
    {
        "validation" or "decision" or "transfer-offer" => other == ActKind.Request,
        "withdrawal" or "objection" or "remedy-notice" => other == ActKind.Request || other == ActKind.TransferOffer || other == ActKind.Decision,
        _ => other == ActKind.TransferOffer,
    };

    private static string[] ConditionsOf(Act act, JsonElement facts) => act.Body is ActBody.Decision decision
        ? Sorted(decision.Items.SelectMany(item => item.Conditions ?? []).Select(condition => condition.Type))
        : Sorted(facts.GetProperty("conditions").EnumerateArray().Select(condition => Text(condition, "type")));

    private static object[] Terms(IEnumerable<WireRetention> terms) =>
        [.. terms.Distinct()
            .OrderBy(term => term.MaximumDays).ThenBy(term => term.Trigger, StringComparer.Ordinal)
            .ThenBy(term => term.Disposal, StringComparer.Ordinal).ThenBy(term => term.LegalReference, StringComparer.Ordinal)
            .Select(term => new { Days = term.MaximumDays, term.Trigger, term.Disposal, term.LegalReference })];

    private static string RefOf(JsonElement item) => item.ValueKind == JsonValueKind.String ? item.GetString()! : Text(item, "ref");

    private static string Text(JsonElement value, string member) => value.GetProperty(member).GetString()!;

    private static string[] Sorted(IEnumerable<string> codes) => [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
