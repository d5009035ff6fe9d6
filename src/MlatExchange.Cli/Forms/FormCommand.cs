using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Forms;
using MlatExchange.Domain.RulePacks;
using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;
using MlatExchange.Protocol.Verification;

namespace MlatExchange.Cli.Forms;

/// <summary><c>mlat form BUNDLE</c>: the form of a signed request, filled offline by the same code as on a node, once the bundle holds.</summary>
internal static class FormCommand
{
    internal static Command Command(Workplace workplace)
    {
        var file = new Argument<string>("BUNDLE") { Description = "A bundle of a request (mlat-bundle)." };
        var trust = new Option<string>("--trust") { Description = "Folder with anchors.json and trust lists.", Required = true, HelpName = "FOLDER" };
        var forms = new Option<string>("--forms") { Description = "Folder of forms, such as contracts/forms.", Required = true, HelpName = "FOLDER" };
        var packs = new Option<string>("--packs") { Description = "Folder of rule packs; the one that the request was signed under is taken.", Required = true, HelpName = "FOLDER" };
        var form = new Option<string?>("--form") { Description = "Id of the form where several fit; the first unless given.", HelpName = "ID" };
        var language = new Option<string>("--language") { Description = "en or fr.", DefaultValueFactory = _ => "en" }.AcceptOnlyFromAmong("en", "fr");
        var json = new Option<bool>("--json") { Description = "JSON instead of a page." };
        var to = new Option<string?>("--out") { Description = "File to write; it must not exist. Standard output unless given.", HelpName = "FILE" };
        var command = new Command("form", "Fills the form of an instrument from a signed request, with where each value came from.") { file, trust, forms, packs, form, language, json, to };
        command.SetAction(parsed =>
        {
            var set = Set(parsed.GetRequiredValue(forms));
            var (dossier, facts) = Dossier(Files.Read(parsed.GetRequiredValue(file)), parsed.GetRequiredValue(trust), parsed.GetRequiredValue(packs), parsed.GetValue(language)!, workplace);
            var fitting = set.For(facts).Where(template => template.Kind == FormKind.Request).ToList();
            var id = parsed.GetValue(form) ?? fitting.FirstOrDefault()?.Id;
            var template = fitting.FirstOrDefault(one => one.Id == id) ?? throw Refusal.Usage($"The forms of this request: {string.Join(", ", fitting.Select(one => one.Id))}.");
            var filled = FormFilling.Fill(template, dossier, set.Words, parsed.GetValue(language)!);
            var text = parsed.GetValue(json)
                ? JsonSerializer.Serialize(FormJson.Of(filled, fitting), EventJson.Options)
                : FormHtml.Write(filled, Files.ReadText(Path.Combine(parsed.GetRequiredValue(forms), "form.css")));
            if (parsed.GetValue(to) is { } path) Files.WriteNew(path, Encoding.UTF8.GetBytes(text), secret: true);
            else workplace.Out.WriteLine(text);
            return ExitCode.Valid;
        });
        return command;
    }

    private static (FormDossier Dossier, RequestFacts Facts) Dossier(byte[] file, string trustFolder, string packs, string language, Workplace workplace)
    {
        if (!BundleFile.TryRead(file, out var bundle, out var fault)) throw Refusal.Usage($"The file is no bundle: {fault.Rule} at '{fault.JsonPointer}'.");
        var (anchors, today) = (TrustFolder.Anchors(trustFolder), TrustFolder.Load(trustFolder, workplace.Now));
        var verdict = BundleVerification.Verify(bundle, anchors, today, Verification.BundleFinding.Check);
        if (verdict.Accepted is not { Act: { Body: ActBody.Request request } act } accepted || verdict.Class == VerdictClass.Invalid)
            throw Refusal.Invalid(verdict.Failure is { } step ? $"The bundle does not hold: {step.Rule} at '{step.JsonPointer}'." : "The bundle holds no request.");
        var read = RequestFactsReader.Read(request.Facts, "/request");
        if (read.Value is not { } facts) throw Refusal.Invalid($"The request cannot be read: {read.Faults[0]}");
        var stated = StatedAssessment.Read(act.Payload.GetProperty("assessment"), "/assessment").Value ?? throw Refusal.Invalid("The assessment signed with the request cannot be read.");
        // Authorities as they were listed when the request came.
        var trust = bundle.Lists.Count == 0 ? today : TrustSnapshot.Build(anchors, bundle.Lists, bundle.ReceivedAt);
        var values = FormDossier.Of(
            JsonObject.Create(act.Payload)!, FormDossier.Disclosed(accepted.ActDisclosures.Select(value => (value.JsonPointer, value.Name, value.Value))), facts,
            Assessed(facts, stated.PackDigest, packs, language, workplace), Named(trust, facts, request.ValidatingAuthority), new JsonObject { ["actDigest"] = act.Digest.ToString() }, signed: true, stated.Overrides);
        return (values, facts);
    }

    /// <summary>By the pack of the signed digest; where it does not lie in the folder, what follows from it stays blank and that is said.</summary>
    private static AssessmentResult? Assessed(RequestFacts facts, string digest, string folder, string language, Workplace workplace)
    {
        var pack = Directory.EnumerateFiles(folder, "*@*.json").Select(path => RulePackLoader.Load(Files.Read(path)).Value).FirstOrDefault(one => one?.Digest == digest);
        if (pack is null) workplace.Error.WriteLine($"No pack of the digest {digest} lies in {folder}: what the rules come to is left blank.");
        return pack is null ? null : PackAssessment.Assess(facts, pack, new(Side.Requesting, DateOnly.FromDateTime(workplace.Now.UtcDateTime), [pack.Instrument], Language: language));
    }

    private static JsonObject Named(TrustSnapshot trust, RequestFacts facts, string? validator) => FormDossier.Trust(
        Of(trust.Authority(facts.Issuer.Jurisdiction, facts.Issuer.Authority)),
        Of(trust.Authority(facts.Addressee.Jurisdiction, facts.Addressee.Authority)),
        validator is null ? null : Of(trust.Authority(facts.Issuer.Jurisdiction, validator)));

    private static JsonObject? Of(TrustedAuthority? authority) => authority is null ? null : FormDossier.Authority(authority.Jurisdiction, authority.Kind, authority.Entity);

    private static FormSet Set(string folder) => new(
        Directory.EnumerateFiles(folder, "*@*.json").Order(StringComparer.Ordinal).Select(path => Sound(path, FormLoader.Load(Files.Read(path)))),
        Sound("words.json", FormWords.Load(Files.Read(Path.Combine(folder, "words.json")))));

    private static T Sound<T>(string file, Reading<T> reading)
        where T : class => reading.Value ?? throw Refusal.Invalid($"{Path.GetFileName(file)} is not a form: {reading.Faults[0]}");
}
