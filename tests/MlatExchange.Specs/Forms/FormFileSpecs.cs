using System.Text.Json.Nodes;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Forms;
using MlatExchange.Specs.Requests;
using MlatExchange.Specs.RulePacks;

namespace MlatExchange.Specs.Forms;

/// <summary>The form files: what is loaded, and what is refused.</summary>
public class FormFileSpecs
{
    [Fact]
    public void Every_instrument_has_a_form_and_orders_of_preservation_have_one_of_their_own()
    {
        foreach (var pack in Packs.Newest)
            Assert.Contains(FormSamples.Set.All, form => form.Kind == FormKind.Request && form.Instruments.Any(i => i == pack.Instrument || (i == "BILATERAL" && pack.Instrument.StartsWith(i, StringComparison.Ordinal))));
        var eev = DraftSample.Facts();
        Assert.Equal(["epoc"], FormSamples.Set.For(eev).Select(f => f.Id));
        Assert.Equal(["epoc", "epoc-pr"], FormSamples.Set.For(eev with { Items = [eev.Items[0], eev.Items[1] with { Measure = "preserve" }] }).Select(f => f.Id));
        Assert.Equal(["eio-annex-a", "eio-annex-b"], FormSamples.Set.For(eev with { Instrument = "EIO" }).Select(f => f.Id));
    }

    [Fact]
    public void Every_choice_and_every_code_of_a_request_has_words_in_both_languages()
    {
        var codes = Codes.IssuerKinds.Concat(Codes.Proceedings).Concat(Codes.UrgencyKinds).Concat(Codes.Threats).Concat(Codes.PersonCategories).Concat(Codes.Roles).Concat(Codes.Professions)
            .Concat(Codes.OffenceNatures).Concat(Codes.PriorProceedings).Concat(Codes.FundamentalRights).Concat(Codes.OnwardTransfers).Concat(Codes.Holders).Concat(Codes.Infrastructures).Concat(Codes.DataCategories).Concat(Codes.Measures)
            .Concat(Codes.IdentifierTypes).Concat(Codes.Purposes).Concat(Codes.Triggers).Concat(Codes.Disposals).Concat(Codes.ConditionTypes).Concat(Codes.AnnexCategories).Concat(Codes.Options.Values.SelectMany(o => o))
            .Concat(FormSamples.Set.All.SelectMany(f => f.Sections).SelectMany(s => s.Fields).SelectMany(f => f.Choices));
        Assert.Equal([], codes.Distinct().Where(code => !FormSamples.Set.Words.Has(code)));
    }

    /// <summary>A finding that could be set aside must exist; a field that no official could ever excuse would stop requests that the rules let pass.</summary>
    [Fact]
    public void A_field_is_waived_by_a_rule_of_the_instrument_only()
    {
        foreach (var form in FormSamples.Set.All)
        {
            var packs = Packs.Newest.Where(p => form.Instruments.Any(i => p.Instrument == i || (i == "BILATERAL" && p.Instrument.StartsWith(i, StringComparison.Ordinal)))).ToList();
            Assert.NotEmpty(packs);
            foreach (var rule in form.Sections.SelectMany(s => s.Fields).Select(f => f.WaivedBy).OfType<string>().Distinct())
                Assert.True(packs.Any(p => p.Rules.Any(r => r.Slug == rule)), $"{form.Name}: no pack has a rule {rule}");
        }
    }

    [Fact]
    public void No_form_calls_its_wording_the_law_s_own() =>
        Assert.DoesNotContain(FormSamples.Set.All.SelectMany(f => f.Sections), s => s.Verbatim);

    [Theory]
    [InlineData("/sections/0/verbatim", "true", "/sections/0/verbatim", "verbatim-not-read")]
    [InlineData("/sections/0/certainty", "\"sure\"", "/sections/0/certainty", "unknown-code")]
    [InlineData("/sections/1/fields/0/value", "\"secrets/key\"", "/sections/1/fields/0/value", "malformed-pointer")]
    [InlineData("/sections/1/fields/0/value", "\"./member\"", "/sections/1/fields/0/value", "malformed-pointer")]
    [InlineData("/sections/1/fields/0/value", null, "/sections/1/fields/0/mandatory", "by-hand")]
    [InlineData("/sections/1/fields/1/id", "\"issuing-state\"", "/sections/1/fields/1/id", "duplicate-reference")]
    [InlineData("/sections/1/id", "\"head\"", "/sections/1/id", "duplicate-reference")]
    [InlineData("/instruments", "[\"MADE-UP\"]", "/instruments", "unknown-code")]
    [InlineData("/title/fr", null, "/title/fr", "missing-member")]
    [InlineData("/extra", "1", "/extra", "unknown-member")]
    public void A_fault_is_named_with_its_member_and_its_rule(string spoilt, string? json, string faulty, string rule)
    {
        var form = JsonNode.Parse(File.ReadAllBytes(Path.Combine(FormSamples.Folder, "epoc@1.json")))!;
        DraftSample.Put(form, spoilt, json);
        var faults = FormLoader.Load(System.Text.Encoding.UTF8.GetBytes(form.ToJsonString())).Faults;
        Assert.True(faults.Any(fault => (fault.Pointer, fault.Rule) == (faulty, rule)), string.Join("; ", faults));
    }

    [Theory, InlineData("{"), InlineData("[]"), InlineData("\u00ff")]
    public void What_is_not_a_form_is_refused_and_not_an_exception(string text) => Assert.NotEmpty(FormLoader.Load(System.Text.Encoding.Latin1.GetBytes(text)).Faults);
}
