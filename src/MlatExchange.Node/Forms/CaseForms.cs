using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Forms;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Assessment;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Requests;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Forms;

/// <summary>What the forms of a request are filled from, and whether any of them is blank where it must not be.</summary>
public sealed class CaseForms(FormFiles files, Assessing assessing, CaseWork work)
{
    public static readonly Rule Blank = new("form-fields-blank", "The form of the instrument has mandatory fields that are blank; each is named. Only a revision of the request fills them.", "design");

    /// <summary>The forms that the requesting side may fill for a request.</summary>
    public IReadOnlyList<FormTemplate> Requesting(RequestFacts facts) => [.. files.Set.For(facts).Where(form => form.Kind == FormKind.Request)];

    /// <summary>Those of the requested side: the request's own and the receipt.</summary>
    public IReadOnlyList<FormTemplate> Requested(RequestFacts facts) => files.Set.For(facts);

    /// <summary>Null where no mandatory field of the request's forms is blank; otherwise the 409 that names them.</summary>
    public IResult? Refusal(RequestFacts facts, FormDossier dossier) =>
        Requesting(facts).SelectMany(form => FormFilling.Fill(form, dossier, files.Set.Words, "en").Blank).ToList() is { Count: > 0 } blank
            ? Problem.Of(StatusCodes.Status409Conflict, Blank.Slug, Blank.Sentence, Blank.Source, blank) : null;

    /// <summary>A draft as it stands: what would be signed.</summary>
    public FormDossier OfDraft(RequestContent content, VersionAssessment? assessment, string language)
    {
        var facts = content.Facts;
        var mode = assessment is null ? (ValidationMode?)null : Validation.ModeFor(assessment.Summary);
        var validator = RequestAct.Validator(work.Trust(), facts, mode ?? ValidationMode.None);
        return FormDossier.Of(
            FormDossier.Draft(content, mode is { } known ? RequestAct.Word(known) : null, validator), FormDossier.Entered(content),
            facts, Assessed(facts, assessment?.Summary.PackDigest, Side.Requesting, facts.Addressee.Jurisdiction, language), Named(facts, validator), [], signed: false, assessment?.Overrides ?? []);
    }

    /// <summary>The bytes that an approval fixed, and what they name by digest.</summary>
    /// <param name="node">What this node recorded of the signature and after; empty before it.</param>
    public FormDossier OfPayload(ReadOnlyMemory<byte> payload, IReadOnlyList<string> disclosures, RequestFacts facts, VersionAssessment assessment, JsonObject node, bool signed, string language)
    {
        var act = JsonSerializer.Deserialize<JsonElement>(payload.Span);
        if (Disclosures.Resolve([act], disclosures, out var values) is not null) throw new InvalidOperationException("The disclosures in the vault are not those of the act.");
        return FormDossier.Of(
            JsonObject.Create(act)!, FormDossier.Disclosed(values[0].Select(value => (value.JsonPointer, value.Name, value.Value))), facts,
            Assessed(facts, assessment.Summary.PackDigest, Side.Requesting, facts.Addressee.Jurisdiction, language), Named(facts, Text(act, "validatingAuthority")), node, signed, assessment.Overrides);
    }

    /// <summary>A request received: the act as it came, with what was disclosed to this side.</summary>
    public FormDossier OfReceived(JsonObject act, IEnumerable<(string At, string Name, JsonElement Value)> disclosed, RequestFacts facts, string packDigest, string sender, string? validator, IReadOnlyCollection<string> overrides, JsonObject node, string language) =>
        FormDossier.Of(act, FormDossier.Disclosed(disclosed), facts, Assessed(facts, packDigest, Side.Requested, sender, language), Named(facts, validator), node, signed: true, overrides);

    private AssessmentResult? Assessed(RequestFacts facts, string? packDigest, Side side, string counterpart, string language) =>
        packDigest is null ? assessing.Run(facts, side, counterpart, language: language) : assessing.RunUnder(packDigest, facts, side, counterpart, language: language);

    private JsonObject Named(RequestFacts facts, string? validator) => FormDossier.Trust(
        Of(work.Trust().Authority(facts.Issuer.Jurisdiction, facts.Issuer.Authority)),
        Of(work.Trust().Authority(facts.Addressee.Jurisdiction, facts.Addressee.Authority)),
        validator is null ? null : Of(work.Trust().Authority(facts.Issuer.Jurisdiction, validator)));

    private static JsonObject? Of(TrustedAuthority? authority) => authority is null ? null : FormDossier.Authority(authority.Jurisdiction, authority.Kind, authority.Entity);

    private static string? Text(JsonElement o, string member) => o.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
