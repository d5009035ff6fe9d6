using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Trust;

/// <summary>One list, taken in: the same statements, linked for looking up.</summary>
internal sealed class JurisdictionTrust
{
    private readonly TrustChain chain;
    private readonly Dictionary<string, TrustListRevocation> revoked;

    public JurisdictionTrust(TrustAnchor anchor, TrustList list, CompactJws signed)
    {
        Code = list.Jurisdiction;
        Seen = new SeenList(list.Seq, signed.Digest);
        ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(list.Exp);
        Oversight = list.Oversight;
        Suspensions = list.Suspensions;
        chain = new TrustChain(anchor.Anchor, signed.KeyId, list.Seq, signed.Digest);
        revoked = list.Revoked.ToDictionary(r => r.Kid, StringComparer.Ordinal);
        Node = new TrustedNode(Code, list.Node, [.. list.Node.Keys.Select(key => Trusted(key.Jwk, key.Use, list.Node.Entity, key.From, key.Until))]);
        Authorities = [.. list.Authorities.Select(Authority)];
        AnchorKeys = [.. anchor.Keys.Select(key => Trusted(key, KeyUse.Trust, anchor.Anchor, DateTimeOffset.MinValue, null))];
        Keys = [.. AnchorKeys, .. Node.Keys, .. Authorities.SelectMany(a => a.ActKeys), .. Authorities.SelectMany(a => a.EvidenceKeys)];
    }

    public string Code { get; }

    public SeenList Seen { get; }

    public DateTimeOffset ExpiresAt { get; }

    public TrustedNode Node { get; }

    public IReadOnlyList<TrustedAuthority> Authorities { get; }

    public IReadOnlyList<TrustListOversight> Oversight { get; }

    public IReadOnlyList<TrustListSuspension> Suspensions { get; }

    public IReadOnlyList<TrustedKey> AnchorKeys { get; }

    public IReadOnlyList<TrustedKey> Keys { get; }

    private TrustedAuthority Authority(TrustListAuthority listed)
    {
        var authority = new TrustedAuthority(Code, listed);
        authority.ActKeys = [.. listed.ActKeys.Select(key => Trusted(key.Jwk, KeyUse.Act, listed.Entity, key.From, key.Until, authority, key.Custody))];
        authority.EvidenceKeys = [.. listed.EvidenceKeys.Select(key => Trusted(key.Jwk, KeyUse.Evidence, listed.Entity, key.From, null, authority))];
        return authority;
    }

    private TrustedKey Trusted(
        EcPublicKey key, KeyUse use, string entity, DateTimeOffset from, DateTimeOffset? until, TrustedAuthority? authority = null, Custody? custody = null)
    {
        var revocation = revoked.GetValueOrDefault(key.Thumbprint);
        return new TrustedKey(key, use, entity, Code, chain, from, until)
        {
            Authority = authority, Custody = custody, RevokedAt = revocation?.At, CompromisedSince = revocation?.CompromisedSince,
        };
    }
}
