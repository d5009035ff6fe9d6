namespace MlatExchange.Protocol.Jose;

/// <summary>What the profile refuses in a compact JWS or JWE.</summary>
public enum JoseRule
{
    /// <summary>Longer than allowed.</summary>
    TooLarge,

    /// <summary>Not so many parts between dots as the form has.</summary>
    Parts,

    /// <summary>A part that is not exact base64url, or not of the length its algorithm gives.</summary>
    Encoding,

    /// <summary>The header is not strict JSON, or not an object of strings (and one <c>epk</c> object).</summary>
    HeaderJson,

    /// <summary>A header member is missing or one too many.</summary>
    HeaderMembers,

    /// <summary>A member stands twice.</summary>
    DuplicateMember,

    /// <summary><c>alg</c> or <c>enc</c> other than the one of the profile.</summary>
    Algorithm,

    /// <summary><c>typ</c> or <c>cty</c> other than expected.</summary>
    Type,

    /// <summary><c>kid</c> is not the form of a thumbprint.</summary>
    KeyId,

    /// <summary><c>epk</c> is not a JWK of P-256.</summary>
    EphemeralKey,

    /// <summary><c>crit</c> is present: the profile has no extension.</summary>
    Critical,

    /// <summary>It does not open: one answer for a point off the curve, a wrong key and changed bytes.</summary>
    DoesNotOpen,
}

/// <summary>Why a compact JWS or JWE was refused.</summary>
/// <param name="Step">Step of the protocol's verification (1 size and encoding, 2 JWE header, 4 decrypt, 5 JWS shape, 6 duplicate members, 7 <c>crit</c>).</param>
/// <param name="Rule">The rule broken.</param>
/// <param name="JsonPointer">JSON pointer into the header, empty where none applies.</param>
public sealed record JoseFault(int Step, JoseRule Rule, string JsonPointer = "");
