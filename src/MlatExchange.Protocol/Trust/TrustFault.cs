namespace MlatExchange.Protocol.Trust;

/// <summary>Why a list or the table of anchors does not count.</summary>
public enum TrustRule
{
    /// <summary>Not strict JSON of the format: a member is missing, unknown or of another type, or a key is not a public P-256 JWK on the curve.</summary>
    Form,

    /// <summary>Not a compact JWS of the profile with the type of a trust list.</summary>
    Envelope,

    /// <summary>The issuer is no anchor of the local table.</summary>
    UnknownAnchor,

    /// <summary>The header names a key that is not one of this anchor.</summary>
    UnknownAnchorKey,

    /// <summary>The signature does not hold.</summary>
    Signature,

    /// <summary>The table binds this anchor to another jurisdiction or node.</summary>
    Binding,

    /// <summary>An entity id outside the domain of this anchor: no anchor can speak of another's entities, or crowd them out.</summary>
    Domain,

    /// <summary>Demo list under an anchor that is not for demos, or the reverse.</summary>
    Demo,

    /// <summary>Signed more than a minute in the future.</summary>
    Early,

    /// <summary>A lower <c>seq</c> than seen before.</summary>
    SequenceBack,

    /// <summary>Two lists with one <c>seq</c>: the anchor says two things, neither counts.</summary>
    Equivocation,

    /// <summary>A code, entity id, address or mark is not of its form.</summary>
    Name,

    /// <summary>A code, entity id or mark stands twice.</summary>
    Twice,

    /// <summary>A time is not before the one it must be before, or a number is not positive.</summary>
    Order,

    /// <summary>A node key of a use that nodes do not have.</summary>
    NodeKeyUse,

    /// <summary>A use without any key.</summary>
    MissingKey,

    /// <summary>One key for two uses or two holders.</summary>
    SharedKey,

    /// <summary>An encryption key listed for more than 30 days.</summary>
    EncryptionLife,

    /// <summary>A suspension of an entity that is not in the list.</summary>
    UnknownEntity,
}

/// <summary>A rule broken, and where.</summary>
/// <param name="Jurisdiction">Code the list claims, where it could be read that far.</param>
/// <param name="Rule">The rule.</param>
/// <param name="JsonPointer">JSON pointer into the payload, empty for the whole.</param>
public sealed record TrustFault(string? Jurisdiction, TrustRule Rule, string JsonPointer = "");
