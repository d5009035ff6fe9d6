using System.Text;
using System.Text.Json.Nodes;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Specs.Requests;
using MlatExchange.Specs.RulePacks;
using static MlatExchange.Specs.Deadlines.Clocks;

namespace MlatExchange.Specs.Deadlines;

/// <summary>The table itself: what it holds, what its sentences say, and which files are refused.</summary>
public class DeadlineTableSpecs
{
    [Fact]
    public void Every_term_of_a_pack_is_in_the_table_with_the_same_number()
    {
        foreach (var pack in Packs.Newest)
        {
            var terms = pack.Terms.Deadlines.Select(d => d.Term).Concat([pack.Terms.Watch, pack.Terms.Expires]).OfType<Term>();
            foreach (var term in terms.Concat(terms.Select(t => t.Then).OfType<Term>()))
            {
                var rule = Rules.Citing(term.Rule);
                Assert.True(rule is not null, $"{pack.Name}: no term cites {term.Rule}");
                Assert.Equal((term.Hours ?? term.Days, term.Hours is not null), (rule.Amount, rule.Unit == DeadlineUnit.Hours));
                Assert.Equal(term.OnExpiry is { } follows && rule.Id != "eev-validation-after" ? follows : rule.OnExpiry, rule.OnExpiry);
            }
        }
    }

    [Fact]
    public void The_schema_knows_the_events_that_start_and_stop_clocks_and_every_ending()
    {
        var term = JsonNode.Parse(Read("deadlines.schema.json"))!["properties"]!["deadlines"]!["items"]!["properties"]!;
        static IEnumerable<string> Enum(JsonNode of) => of["enum"]!.AsArray().Select(code => (string)code!).Order(StringComparer.Ordinal);
        Assert.Equal(DeadlineEvents.Codes.Order(StringComparer.Ordinal), Enum(term["starts"]!));
        Assert.Equal(DeadlineEvents.Codes.Order(StringComparer.Ordinal), Enum(term["stops"]!["items"]!));
        Assert.Equal(DeadlineRules.Endings.Order(StringComparer.Ordinal), Enum(term["onExpiry"]!["items"]!));
    }

    [Fact]
    public void A_sentence_says_duty_law_start_counting_and_end()
    {
        var deadline = Run("eev-production", "XB", "2026-03-19T12:05Z");
        Assert.Equal(
            "The addressee produces the data within 10 days (EEV 10(3)), counted from the delivery of the request on Thursday 19 March 2026, 14:05 (Europe/Helsinki), that day not included: "
            + "the last day is Sunday 29 March 2026, which is no working day, so it ends with Monday 30 March 2026, that is 2026-03-30 21:00 UTC.",
            DeadlineSentence.Of(deadline, "en"));
        Assert.Equal(
            "Le destinataire produit les données dans un délai de 10 jours (EEV 10(3)), compté à partir de la remise de la demande le jeudi 19 mars 2026, 14:05 (Europe/Helsinki), ce jour non compris : "
            + "le dernier jour est le dimanche 29 mars 2026, qui n'est pas un jour ouvrable ; le délai prend fin le lundi 30 mars 2026, soit 2026-03-30 21:00 UTC.",
            DeadlineSentence.Of(deadline, "fr-BE"));
    }

    [Fact]
    public void Every_term_has_a_sentence_at_every_stage_in_both_languages()
    {
        foreach (var rule in Rules.All)
        {
            var calendar = Calendars.Of("XA");
            Deadline[] stages =
            [
                DeadlineClock.Run(rule, null, [], calendar),
                DeadlineClock.Run(rule, At("2026-11-20T10:00Z"), [], calendar),
                DeadlineClock.Run(rule, At("2026-11-20T10:00Z"), [new(At("2026-11-20T11:00Z"), null)], calendar),
            ];
            foreach (var stage in stages)
            {
                foreach (var (language, doubt) in new[] { ("en", "to be confirmed by counsel"), ("fr", "à confirmer par un conseil juridique") })
                {
                    var sentence = DeadlineSentence.Of(stage, language);
                    Assert.StartsWith(language == "en" ? rule.English : rule.French, sentence, StringComparison.Ordinal);
                    Assert.Contains(rule.Source, sentence, StringComparison.Ordinal);
                    Assert.Equal(rule.Certainty == Domain.RulePacks.Certainty.M, sentence.Contains(doubt, StringComparison.Ordinal));
                }
            }
        }
    }

    [Fact]
    public void Holidays_that_are_not_known_are_said_not_to_be()
    {
        Assert.Contains("The public holidays of XA in these years are not known here.", DeadlineSentence.Of(Run("eev-production", "XA", "2035-03-01T10:00Z"), "en"), StringComparison.Ordinal);
        Assert.Contains("The public holidays of XZ", DeadlineSentence.Of(Run("eev-production", "XZ", "2026-03-02T10:00Z"), "en"), StringComparison.Ordinal);
        Assert.DoesNotContain("not known", DeadlineSentence.Of(Run("eev-production", "XA", "2026-03-02T10:00Z"), "en"), StringComparison.Ordinal);
    }

    /// <summary>What is spoilt in a file, the JSON put there (absent: removed), pointer of the fault, slug of its rule.</summary>
    public static TheoryData<string, string, string?, string, string> Faults => new()
    {
        { "deadlines.json", "/deadlines/0/unit", "\"fortnights\"", "/deadlines/0/unit", "unknown-code" },
        { "deadlines.json", "/deadlines/0/amount", null, "/deadlines/0/amount", "one-unit" },
        { "deadlines.json", "/deadlines/5/amount", "3", "/deadlines/5/amount", "one-unit" },
        { "deadlines.json", "/deadlines/0/starts", "\"sunrise\"", "/deadlines/0/starts", "unknown-code" },
        { "deadlines.json", "/deadlines/0/counting", null, "/deadlines/0/counting", "missing-member" },
        { "deadlines.json", "/deadlines/0/fr", null, "/deadlines/0/fr", "missing-member" },
        { "deadlines.json", "/deadlines/1/id", "\"delivery-receipt\"", "/deadlines/1/id", "duplicate-slug" },
        { "deadlines.json", "/deadlines/0/extra", "1", "/deadlines/0/extra", "unknown-member" },
        { "calendars.json", "/calendars/0/zone", "\"Moon/Tranquility\"", "/calendars/0/zone", "unknown-code" },
        { "calendars.json", "/calendars/0/holidays/0", "\"2026-02-30\"", "/calendars/0/holidays/0", "malformed-date" },
        { "calendars.json", "/calendars/0/holidays/0", "\"2044-01-01\"", "/calendars/0/holidays/0", "out-of-range" },
        { "calendars.json", "/calendars/1/jurisdiction", "\"XA\"", "/calendars/1/jurisdiction", "duplicate-reference" },
        { "calendars.json", "/calendars/0/restDays/0", "\"caturday\"", "/calendars/0/restDays/0", "unknown-code" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_named_with_its_member_and_its_rule(string file, string spoilt, string? json, string faulty, string rule)
    {
        var document = JsonNode.Parse(Read(file))!;
        DraftSample.Put(document, spoilt, json);
        var bytes = Encoding.UTF8.GetBytes(document.ToJsonString());
        var faults = file == "deadlines.json" ? DeadlineRules.Load(bytes).Faults : WorkCalendars.Load(bytes, Zone).Faults;
        Assert.Contains(faults, f => (f.Pointer, f.Rule) == (faulty, rule));
    }
}
