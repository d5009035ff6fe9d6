using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Protocol.Verification;

/// <summary>
/// Step 16: may this authority do this act? Competence is read from the act's key in the trust list; what the payload says of its issuer must agree with it.
/// A node key never gets here: acts are looked up under act keys only.
/// </summary>
internal static class Competence
{
    public static StepFailure? Check(Content content, JudgingFacts facts)
    {
        if (content.Message.Body is MessageBody.KeyRelease release)
            return Released(release, content.Message.Core.Iss, facts);
        if (content.Act is not { } act || content.ActKey is not { } key)
            return null;
        var standing = key.StandingAt(act.IssuedAt, facts.ReceivedAt);
        var authority = key.Authority!;
        return true switch
        {
            _ when standing != KeyStanding.Valid => Fail("act-key-" + StepFailure.Slug(standing), "/iss"),
            _ when Suspended(authority, content.Message.Kind, facts) => Fail("act-issuer-suspended", "/iss"),
            // A node carries acts of its own jurisdiction only.
            _ when authority.Jurisdiction != facts.Trust.Node(content.Message.Core.Iss)?.Jurisdiction => Fail("act-of-other-jurisdiction", "/iss"),
            _ when act.IssuedBy != new IssuerRef(authority.Jurisdiction, authority.Code, authority.Kind) => Fail("issuer-disagrees", IssuerAt(act)),
            _ when OtherSide(act, authority, facts) => Fail("not-this-side", "/iss"),
            _ => act.Body switch
            {
                ActBody.Request request => MayIssue(request, authority),
                ActBody.Validation validation => MayValidate(act, validation, authority, facts),
                ActBody.ConditionsAccepted => SameIssuer(act, RequestBehind(act, facts)),
                ActBody.Withdrawal withdrawal => SameIssuer(act, facts.Acts.GetValueOrDefault(withdrawal.Withdraws.Digest)),
                _ => null,
            },
        };
    }

    /// <summary>What a person must be told of an act that is competent all the same.</summary>
    public static IReadOnlyList<string> Flags(Content content, TrustSnapshot trust)
        => content is { Act.Body: ActBody.Validation, ActKey.Custody: Custody.Node } && !trust.Demo ? ["validating-key-in-node-custody"] : [];

    /// <summary>
    /// For each data category asked: the mark <c>may-issue:&lt;category&gt;</c>. Where the act says that a validation comes before or within 48 hours, the
    /// validating authority's competence stands in its place; whether an emergency may leave first is the rules' question (EEV 4(5)), and the
    /// mark <c>may-issue-emergency</c> is asked for where the issuer has none for the category.
    /// </summary>
    private static StepFailure? MayIssue(ActBody.Request request, TrustedAuthority issuer)
    {
        if (request.ValidationRule == "before")
            return null;
        var index = 0;
        foreach (var item in request.Facts.GetProperty("items").EnumerateArray())
        {
            var category = item.GetProperty("dataCategory").GetString();
            if (!issuer.Has($"may-issue:{category}") && !(request.ValidationRule == "within-48h" && issuer.Has("may-issue-emergency")))
                return Fail("not-competent", $"/request/items/{index}/dataCategory");
            index++;
        }

        return null;
    }

    private static StepFailure? MayValidate(Act act, ActBody.Validation validation, TrustedAuthority validator, JudgingFacts facts)
    {
        var request = facts.Acts.GetValueOrDefault(validation.Validates.Digest);
        return true switch
        {
            _ when !validator.Has("may-validate") => Fail("not-competent", "/iss"),
            _ when request is null || request.Kid == act.Kid || request.Issuer == act.Issuer => Fail("validates-itself", "/validates"),
            _ when request.Body is ActBody.Request { ValidatingAuthority: { } named } && named != validator.Code => Fail("other-validator-named", "/iss"),
            _ => null,
        };
    }

    /// <summary>Whoever is asked decides, offers and releases; whoever asks validates, accepts and certifies. Neither may speak for the other.</summary>
    private static bool OtherSide(Act act, TrustedAuthority authority, JudgingFacts facts)
    {
        var side = act.Kind.Slug switch
        {
            "decision" or "transfer-offer" or "onward-decision" => "addressee",
            "validation" or "conditions-accepted" or "destruction-certificate" => "issuer",
            _ => null,
        };
        return side is not null && JurisdictionOf(side, RequestBehind(act, facts)) != authority.Jurisdiction;
    }

    private static StepFailure? Released(MessageBody.KeyRelease release, string node, JudgingFacts facts)
    {
        var request = facts.Acts.TryGetValue(release.Accepted.Digest, out var acceptance) ? RequestBehind(acceptance, facts) : null;
        return JurisdictionOf("addressee", request) == facts.Trust.Node(node)?.Jurisdiction ? null : new StepFailure(Step.Competence, "not-this-side", "/iss");
    }

    private static string? JurisdictionOf(string side, Act? request)
        => request?.Body is ActBody.Request body ? body.Facts.GetProperty(side).GetProperty("jurisdiction").GetString() : null;

    /// <summary>The request that an act goes back to.</summary>
    private static Act? RequestBehind(Act act, JudgingFacts facts)
    {
        var step = act;
        while (step is not null && step.Body is not ActBody.Request)
            step = step.Names is { } names ? facts.Acts.GetValueOrDefault(names.Digest) : null;
        return step;
    }

    private static StepFailure? SameIssuer(Act act, Act? earlier) => earlier?.Issuer == act.Issuer ? null : Fail("not-the-same-authority", "/iss");

    private static bool Suspended(TrustedAuthority authority, MessageKind kind, JudgingFacts facts)
        => facts.Trust.SuspensionOf(authority.Entity, facts.ReceivedAt) is { } suspension
            && !(suspension.Reason == SuspensionReason.Legal && kind.UnderLegalSuspension);

    private static string IssuerAt(Act act) => act.Body is ActBody.Request ? "/request/issuer" : "/issuer";

    private static StepFailure Fail(string rule, string jsonPointer) => new(Step.Competence, rule, "/acts/0" + jsonPointer);
}
