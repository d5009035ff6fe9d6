using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Trust;

/// <summary>How a key stands for something signed at one instant and received at another.</summary>
public enum KeyStanding
{
    /// <summary>It counts.</summary>
    Valid,

    /// <summary>Signed before the key began.</summary>
    NotYetValid,

    /// <summary>Signed after the key ended.</summary>
    Ended,

    /// <summary>Revoked at receipt; the time of signing is then the thief's to write, so it does not matter.</summary>
    Revoked,
}

/// <summary>Where the trust in a key comes from; stored with every verdict.</summary>
/// <param name="Anchor">Entity id of the anchor.</param>
/// <param name="AnchorKeyId">Thumbprint of the key that signed the list.</param>
/// <param name="Seq">Number of the list.</param>
/// <param name="List">Digest of the list.</param>
public sealed record TrustChain(string Anchor, string AnchorKeyId, long Seq, Digest List);

/// <summary>A key as the trust lists state it.</summary>
public sealed class TrustedKey
{
    internal TrustedKey(EcPublicKey key, KeyUse use, string entity, string jurisdiction, TrustChain chain, DateTimeOffset from, DateTimeOffset? until)
    {
        (Key, Use, Entity, Jurisdiction, Chain) = (key, use, entity, jurisdiction, chain);
        (From, Until) = (from, until ?? (use == KeyUse.Encryption ? from + TrustListRules.EncryptionLife : DateTimeOffset.MaxValue));
    }

    /// <summary>The key.</summary>
    public EcPublicKey Key { get; }

    /// <summary>Its one use.</summary>
    public KeyUse Use { get; }

    /// <summary>Entity id of the holder.</summary>
    public string Entity { get; }

    /// <summary>Jurisdiction of the holder.</summary>
    public string Jurisdiction { get; }

    /// <summary>Where the trust comes from.</summary>
    public TrustChain Chain { get; }

    /// <summary>First instant.</summary>
    public DateTimeOffset From { get; }

    /// <summary>First instant no longer; the end of time where open.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>For act keys: who holds the private half.</summary>
    public Custody? Custody { get; internal init; }

    /// <summary>For act and evidence keys: the authority, whose kind and marks are the competence of whatever this key signed.</summary>
    public TrustedAuthority? Authority { get; internal init; }

    /// <summary>Revoked from then on.</summary>
    public DateTimeOffset? RevokedAt { get; internal init; }

    /// <summary>In other hands since then, as far as is known.</summary>
    public DateTimeOffset? CompromisedSince { get; internal init; }

    /// <summary>Step 12: valid when signed and not revoked when received; a key that merely ended counts for what it signed before.</summary>
    public KeyStanding StandingAt(DateTimeOffset signed, DateTimeOffset received) => true switch
    {
        _ when RevokedAt <= received => KeyStanding.Revoked,
        _ when signed < From => KeyStanding.NotYetValid,
        _ when signed >= Until => KeyStanding.Ended,
        _ => KeyStanding.Valid,
    };

    /// <summary>Whether something accepted before must now be listed as doubtful.</summary>
    public bool IsDoubtful(DateTimeOffset signed) => CompromisedSince <= signed;

    internal bool IsUsableAt(DateTimeOffset instant) => StandingAt(instant, instant) == KeyStanding.Valid;
}
