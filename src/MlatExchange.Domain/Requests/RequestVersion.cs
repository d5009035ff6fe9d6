using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

/// <summary>The version of a request that is being worked on.</summary>
/// <param name="Revision">1 when drafted.</param>
/// <param name="Authors">Everyone who drafted or revised it; none of them may approve.</param>
public sealed record Draft(RequestFacts Facts, string Thread, int Revision, IReadOnlyList<Official> Authors);

/// <summary>The assessment of the current version.</summary>
/// <param name="Assessors">Everyone who ran it; none of them may approve.</param>
/// <param name="Overrides">Slugs of the flags set aside.</param>
public sealed record VersionAssessment(AssessmentSummary Summary, IReadOnlyList<Official> Assessors, IReadOnlyList<string> Overrides)
{
    /// <summary>Whether <paramref name="official"/> ran it.</summary>
    public bool IsBy(Official official) => Assessors.Any(assessor => assessor.Id == official.Id);

    /// <summary>A run over the same facts with the same pack keeps the overrides; any other voids them, because the flags may mean something else.</summary>
    internal VersionAssessment RunAgain(AssessmentSummary summary, Official by) =>
        new(summary, [.. Assessors, by], summary.SameRun(Summary) ? Overrides : []);
}

/// <summary>The request act whose payload bytes the first approval fixed. The bytes are in the vault; signing takes exactly these.</summary>
/// <param name="Act">Id of the act: 128 random bits, base64url.</param>
/// <param name="PayloadDigest">SHA-256 of the payload bytes, <c>sha-256:...</c>.</param>
/// <param name="IssuedAt">The <c>iat</c> of the payload in seconds since 1970-01-01 UTC.</param>
/// <param name="EvidenceKey">RFC 7638 thumbprint of the issuing authority's evidence key, to which the supplier wraps share A.</param>
/// <param name="ValidatingAuthority">Code of the authority that must validate; null only with mode none.</param>
public sealed record FixedAct(
    string Act,
    string PayloadDigest,
    long IssuedAt,
    string EvidenceKey,
    ValidationMode Validation,
    string? ValidatingAuthority);

/// <summary>A request under the issuing authority's signature.</summary>
/// <param name="ActDigest">SHA-256 over the JWS signing input: the name of the act everywhere else.</param>
public sealed record SignedRequest(
    Draft Draft,
    VersionAssessment Assessment,
    FixedAct Act,
    IReadOnlyList<Official> Approvers,
    Official Signer,
    string ActDigest,
    DateTimeOffset SignedAt);
