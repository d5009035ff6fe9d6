using System.Text.Json.Nodes;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Forms;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.RulePacks;
using MlatExchange.Specs.Assessment;
using MlatExchange.Specs.Requests;
using MlatExchange.Specs.RulePacks;

namespace MlatExchange.Specs.Forms;

/// <summary>The forms of this repository, and dossiers to fill them from.</summary>
internal static class FormSamples
{
    public static readonly string Folder = Path.Combine(Packs.Folder, "..", "forms");

    public static FormSet Set { get; } = new(
        Directory.GetFiles(Folder, "*@*.json").Select(file => Sound(FormLoader.Load(File.ReadAllBytes(file)))), Sound(FormWords.Load(File.ReadAllBytes(Path.Combine(Folder, "words.json")))));

    public static string Stylesheet => File.ReadAllText(Path.Combine(Folder, "form.css"));

    /// <summary>The sample draft with changes at JSON pointers, as a signed request would show it.</summary>
    public static FormDossier Dossier(bool signed = true, IReadOnlyCollection<string>? overrides = null, params (string Pointer, string? Json)[] changes)
    {
        var json = DraftSample.Json();
        foreach (var (pointer, value) in changes) DraftSample.Put(json, pointer, value);
        var reading = DraftSample.Parse(json);
        Assert.Empty(reading.Faults);
        return Of(reading.Value!, signed, overrides);
    }

    public static FormDossier Of(RequestContent content, bool signed = true, IReadOnlyCollection<string>? overrides = null)
    {
        var result = PackAssessment.Assess(content.Facts, Packs.All.For(content.Facts.Instrument)!, Assessed.InForce);
        var mode = Validation.ModeFor(AssessmentSummary.Of(result));
        var act = FormDossier.Draft(content, mode switch { ValidationMode.Before => "before", ValidationMode.Within48Hours => "within-48h", _ => "none" }, mode is null or ValidationMode.None ? null : "xa-judge-2");
        act["issuedAt"] = "2026-11-22T10:00:00.000Z";
        var node = new JsonObject { ["receivedAt"] = "2026-11-22T10:00:01.000Z", ["acknowledgedAt"] = "2026-11-22T10:00:02.000Z", ["actDigest"] = "sha-256:x", ["signedAt"] = "2026-11-22T10:00:00.000Z" };
        var trust = new JsonObject { ["issuer"] = new JsonObject { ["kind"] = content.Facts.Issuer.Kind, ["entity"] = "https://xa-judge.xa.example" } };
        return FormDossier.Of(act, FormDossier.Entered(content), content.Facts, result, trust, node, signed, overrides ?? []);
    }

    public static FilledForm Fill(string form, FormDossier dossier, string language = "en") => FormFilling.Fill(Set.All.First(f => f.Id == form), dossier, Set.Words, language);

    public static FilledField Field(this FilledForm form, string section, string field, int group = 0) =>
        form.Sections.Single(s => s.Id == section).Groups[group].Fields.Single(f => f.Id == field);

    private static T Sound<T>(MlatExchange.Domain.Reading<T> reading)
        where T : class
    {
        Assert.Empty(reading.Faults);
        return reading.Value!;
    }
}
