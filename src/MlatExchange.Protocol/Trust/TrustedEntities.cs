namespace MlatExchange.Protocol.Trust;

/// <summary>An authority as the trust lists state it.</summary>
public sealed class TrustedAuthority
{
    internal TrustedAuthority(string jurisdiction, TrustListAuthority listed)
    {
        (Jurisdiction, Entity, Code, Kind) = (jurisdiction, listed.Entity, listed.Code, listed.Kind);
        TrustMarks = listed.TrustMarks;
    }

    /// <summary>Jurisdiction code.</summary>
    public string Jurisdiction { get; }

    /// <summary>Entity id; the <c>iss</c> of its acts.</summary>
    public string Entity { get; }

    /// <summary>Code inside its jurisdiction.</summary>
    public string Code { get; }

    /// <summary>Kind, as the rule packs name it.</summary>
    public string Kind { get; }

    /// <summary>Competences.</summary>
    public IReadOnlyList<string> TrustMarks { get; }

    /// <summary>Act keys as listed, ended and revoked ones too.</summary>
    public IReadOnlyList<TrustedKey> ActKeys { get; internal set; } = [];

    /// <summary>Evidence keys as listed, revoked ones too.</summary>
    public IReadOnlyList<TrustedKey> EvidenceKeys { get; internal set; } = [];

    /// <summary>Whether it has the competence; one that is not listed it has not.</summary>
    public bool Has(string trustMark) => TrustMarks.Contains(trustMark, StringComparer.Ordinal);

    /// <summary>The evidence key that new requests name: the one that began last and is not revoked.</summary>
    public TrustedKey? NewestEvidenceKey(DateTimeOffset at) => TrustSnapshot.Newest(EvidenceKeys, at);

    /// <summary>The act key in use: the one that began last, has not ended and is not revoked.</summary>
    public TrustedKey? NewestActKey(DateTimeOffset at) => TrustSnapshot.Newest(ActKeys, at);
}

/// <summary>A node as the trust lists state it.</summary>
public sealed class TrustedNode
{
    internal TrustedNode(string jurisdiction, TrustListNode listed, IReadOnlyList<TrustedKey> keys)
    {
        (Jurisdiction, Entity, BaseUrl, LogOrigin) = (jurisdiction, listed.Entity, listed.BaseUrl, listed.LogOrigin);
        Keys = keys;
    }

    /// <summary>Jurisdiction code.</summary>
    public string Jurisdiction { get; }

    /// <summary>Entity id; the <c>iss</c> and <c>aud</c> of messages.</summary>
    public string Entity { get; }

    /// <summary>Where its routes are.</summary>
    public string BaseUrl { get; }

    /// <summary>First line of its checkpoints.</summary>
    public string LogOrigin { get; }

    /// <summary>All keys as listed.</summary>
    public IReadOnlyList<TrustedKey> Keys { get; }

    /// <summary>The key to use for a purpose at an instant: the one that began last, has not ended and is not revoked.</summary>
    public TrustedKey? NewestKey(KeyUse use, DateTimeOffset at) => TrustSnapshot.Newest(Keys.Where(key => key.Use == use), at);

    /// <summary>The key to seal to at an instant.</summary>
    public TrustedKey? NewestEncryptionKey(DateTimeOffset at) => NewestKey(KeyUse.Encryption, at);
}
