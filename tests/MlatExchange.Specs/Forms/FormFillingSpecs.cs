using MlatExchange.Domain.Forms;
using MlatExchange.Domain.Requests;
using MlatExchange.Specs.Requests;

namespace MlatExchange.Specs.Forms;

/// <summary>Given a request, when its form is filled, then every value says where it is from and what must not be blank is named.</summary>
public class FormFillingSpecs
{
    [Fact]
    public void Every_value_says_where_it_comes_from()
    {
        var form = FormSamples.Fill("epoc", FormSamples.Dossier());
        var (number, identifier, deadline, entity, byHand) = (form.Field("A", "file-number"), form.Field("E", "identifier"), form.Field("C", "deadline-code"), form.Field("I", "entity"), form.Field("I", "contact"));
        Assert.Equal(("act/reference", "From the signed request:"), (number.Pointer, number.Origin));
        Assert.Equal(["FILE-7"], number.Lines);
        Assert.Equal(("disclosed/selectors/i1/identifier", "Entered by the drafter, beside the request:"), (identifier.Pointer, identifier.Origin));
        Assert.Equal("Computed from the request by rule pack eev@3:", deadline.Origin.Replace(form.RulePack!, "eev@3", StringComparison.Ordinal));
        Assert.Equal(["IMMINENT_THREAT_TO_LIFE"], deadline.Ticks.Where(t => t.Ticked).Select(t => t.Code));
        Assert.Equal("From the trust list:", entity.Origin);
        Assert.Equal((FieldState.ByHand, "Filled in by hand"), (byHand.State, byHand.Origin));
        Assert.All(form.Sections.SelectMany(s => s.Groups).SelectMany(g => g.Fields), f => Assert.NotEmpty(f.Origin));
    }

    [Fact]
    public void Every_choice_is_shown_and_only_what_was_asked_for_is_ticked()
    {
        var form = FormSamples.Fill("epoc", FormSamples.Dossier());
        var content = form.Field("F", "content");
        Assert.Equal(8, content.Ticks.Count);
        Assert.Equal(["MAILBOX"], content.Ticks.Where(t => t.Ticked).Select(t => t.Code));
        Assert.DoesNotContain(form.Sections.Single(s => s.Id == "F").Groups[0].Fields, f => f.Id == "traffic");
    }

    [Fact]
    public void What_no_box_stands_for_is_written_out_beside_the_boxes()
    {
        var form = FormSamples.Fill("epoc", FormSamples.Dossier(changes: ("/items/0/identifierType", "\"ACCOUNT\"")));
        var kind = form.Field("E", "identifier-type");
        Assert.DoesNotContain(kind.Ticks, t => t.Ticked);
        Assert.Equal(["account"], kind.Lines);
        Assert.Equal(FieldState.Stated, kind.State);
    }

    [Fact]
    public void What_somebody_wrote_is_never_taken_for_a_code() =>
        Assert.Equal(["judge"], FormSamples.Fill("epoc", FormSamples.Dossier(changes: ("/items/0/identifier", "\"judge\"")), "fr").Field("E", "identifier").Lines);

    [Fact]
    public void A_mandatory_field_that_is_blank_is_named()
    {
        var dossier = FormSamples.Dossier(changes: [("/instrument", "\"EIO\""), ("/legalBasis/0/instrument", "\"EIO\""), ("/urgency/kind", "\"urgent\""), ("/urgency/threat", null), ("/urgency/grounds", null)]);
        var blank = Assert.Single(FormSamples.Fill("eio-annex-a", dossier).Blank);
        Assert.Equal(("/disclosed/texts/urgencyGrounds", "form-field-blank"), (blank.Pointer, blank.Rule));
        Assert.Contains("section B", blank.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_field_whose_finding_an_official_has_set_aside_may_stay_blank()
    {
        (string, string?)[] bare = [("/necessity/lessIntrusiveConsidered", null)];
        Assert.Equal("/disclosed/texts/lessIntrusiveConsidered", Assert.Single(FormSamples.Fill("epoc", FormSamples.Dossier(changes: bare)).Blank).Pointer);
        var waived = FormSamples.Fill("epoc", FormSamples.Dossier(overrides: ["less-intrusive-alternative-missing"], changes: bare));
        Assert.Empty(waived.Blank);
        Assert.Equal(FieldState.Waived, waived.Field("M", "less-intrusive").State);
    }

    [Fact]
    public void An_interception_without_dates_may_be_signed_once_an_official_has_set_the_finding_on_its_range_aside()
    {
        (string, string?)[] undated =
            [("/instrument", "\"EIO\""), ("/legalBasis/0/instrument", "\"EIO\""), ("/items/0/dataCategory", "\"interception\""), ("/items/0/options", "[]"), ("/items/0/from", null), ("/items/0/to", null)];
        string[] pointers = ["/act/request/items/0/from", "/act/request/items/0/to"];
        Assert.Equal(pointers, FormSamples.Fill("eio-annex-a", FormSamples.Dossier(changes: undated)).Blank.Select(blank => blank.Pointer).Where(pointers.Contains));
        var waived = FormSamples.Fill("eio-annex-a", FormSamples.Dossier(overrides: ["range-width"], changes: undated));
        Assert.DoesNotContain(waived.Blank, blank => pointers.Contains(blank.Pointer));
        Assert.Equal(FieldState.Waived, waived.Field("H7", "from").State);
        var result = MlatExchange.Domain.RulePacks.PackAssessment.Assess(DraftSample.Facts() with { Instrument = "EIO", Items = [DraftSample.Facts().Items[0] with { DataCategory = "interception", From = null, To = null, Options = [] }] }, RulePacks.Packs.All.For("EIO")!, Assessment.Assessed.InForce);
        Assert.Equal(MlatExchange.Domain.Assessment.Outcome.Flag, result.Findings.Single(finding => finding.Rule == "range-width").Outcome);
    }

    [Fact]
    public void A_section_that_does_not_apply_says_so_and_asks_for_nothing()
    {
        var form = FormSamples.Fill("epoc", FormSamples.Dossier());
        Assert.False(form.Sections.Single(s => s.Id == "J").Applies);
        var byProsecutor = FormSamples.Fill("epoc", FormSamples.Dossier(changes: [("/issuer/kind", "\"public-prosecutor\""), ("/urgency/kind", "\"none\"")]));
        Assert.Equal(["xa-judge-2"], byProsecutor.Field("J", "authority").Lines);
    }

    [Fact]
    public void An_order_of_preservation_shows_what_is_to_be_preserved_and_no_more()
    {
        var dossier = FormSamples.Dossier(changes: ("/items/1/measure", "\"preserve\""));
        Assert.Equal(["i1"], FormSamples.Fill("epoc", dossier).Sections.Single(s => s.Id == "E").Groups.Select(g => g.Ref));
        var preservation = FormSamples.Fill("epoc-pr", dossier);
        Assert.Equal(["i2"], preservation.Sections.Single(s => s.Id == "C").Groups.Select(g => g.Ref));
        Assert.Equal(["EEV 11(1): 60 days"], preservation.Field("head", "expires").Lines);
    }

    [Fact]
    public void A_victim_is_never_named_on_a_form()
    {
        var persons = FormSamples.Fill("epoc", FormSamples.Dossier()).Sections.Single(s => s.Id == "E-persons");
        Assert.Equal("A Name", persons.Groups[0].Fields.Single(f => f.Id == "name").Lines[0]);
        Assert.Equal(FieldState.Blank, persons.Groups[1].Fields.Single(f => f.Id == "name").State);
    }

    [Fact]
    public void The_confirmation_of_receipt_names_the_order_and_its_arrival()
    {
        var form = FormSamples.Fill("eio-annex-b", FormSamples.Dossier(changes: [("/instrument", "\"EIO\""), ("/legalBasis/0/instrument", "\"EIO\"")]));
        Assert.Empty(form.Blank);
        Assert.Equal(["2026-11-22T10:00:01.000Z"], form.Field("A", "received").Lines);
    }

    /// <summary>Whatever a case file leaves out, its form is filled: the rules and their overrides decide, not the paper.</summary>
    [Fact]
    public void No_case_file_has_a_blank_field_that_would_stop_its_signature()
    {
        foreach (var file in CaseFile.Numbers.Select(CaseFile.Load))
        {
            var content = RequestContent.Parse(file.Bytes, "XA").Value!;
            IReadOnlyCollection<string> overrides = [.. (file.Expect["flags"]?.AsArray() ?? []).Select(flag => (string)flag!)];
            foreach (var form in FormSamples.Set.For(content.Facts))
                Assert.Equal([], FormSamples.Fill(form.Id, FormSamples.Of(content, overrides: overrides)).Blank.Select(b => $"{file.Number} {b}"));
        }
    }
}
