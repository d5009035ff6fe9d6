namespace MlatExchange.Domain.Jurisdictions;

/// <summary>
/// What an issuing or validating authority is, as the EPOC form asks it (EEV Annex I, sections I and J). The trust list says which kind an
/// authority has; what a request says of its issuer must agree with that.
/// </summary>
public enum AuthorityKind
{
    /// <summary>A judge, a court or an investigating judge: code <c>judge-court-or-investigating-judge</c>.</summary>
    Judge,

    /// <summary>Code <c>public-prosecutor</c>.</summary>
    PublicProsecutor,

    /// <summary>Any other authority that acts as an investigating authority, such as police: code <c>other-competent-authority</c>.</summary>
    OtherCompetentAuthority,
}

/// <summary>The codes of <see cref="AuthorityKind"/> in requests, acts, packs and trust lists.</summary>
public static class AuthorityKinds
{
    public const string Judge = "judge-court-or-investigating-judge";
    public const string PublicProsecutor = "public-prosecutor";
    public const string OtherCompetentAuthority = "other-competent-authority";

    /// <summary>The code of a kind.</summary>
    public static string Code(this AuthorityKind kind) => kind switch
    {
        AuthorityKind.Judge => Judge,
        AuthorityKind.PublicProsecutor => PublicProsecutor,
        _ => OtherCompetentAuthority,
    };

    /// <summary>The kind behind a code, or null when the code is none of the three.</summary>
    public static AuthorityKind? Find(string code) => code switch
    {
        Judge => AuthorityKind.Judge,
        PublicProsecutor => AuthorityKind.PublicProsecutor,
        OtherCompetentAuthority => AuthorityKind.OtherCompetentAuthority,
        _ => null,
    };
}
