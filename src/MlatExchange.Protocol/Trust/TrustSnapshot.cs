using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Trust;

/// <summary>The newest list of a jurisdiction that a node has taken in; kept, so that no older one is taken in again.</summary>
public sealed record SeenList(long Seq, Digest Digest);

/// <summary>
/// All that a node trusts at one moment, immutable: the local table of anchors and the newest list of each. Lists that break a rule are left out and
/// named in <see cref="Faults"/>; expired ones are kept for reading and <see cref="IsExpired"/> says so.
/// </summary>
public sealed class TrustSnapshot
{
    private readonly Dictionary<string, JurisdictionTrust> jurisdictions;
    private readonly Dictionary<(string Issuer, string KeyId, KeyUse Use), TrustedKey> keys;
    private readonly Dictionary<string, TrustedAuthority> authorities;
    private readonly Dictionary<string, TrustedNode> nodes;

    internal TrustSnapshot(bool demo, IReadOnlyList<JurisdictionTrust> trusted, IReadOnlyList<TrustFault> faults)
    {
        (Demo, Faults) = (demo, faults);
        jurisdictions = trusted.ToDictionary(t => t.Code, StringComparer.Ordinal);
        keys = trusted.SelectMany(t => t.Keys).ToDictionary(key => (key.Entity, key.Key.Thumbprint, key.Use));
        authorities = trusted.SelectMany(t => t.Authorities).ToDictionary(a => a.Entity, StringComparer.Ordinal);
        nodes = trusted.ToDictionary(t => t.Node.Entity, t => t.Node, StringComparer.Ordinal);
        Seen = trusted.ToDictionary(t => t.Code, t => t.Seen, StringComparer.Ordinal);
    }

    /// <summary>Made for a demonstration.</summary>
    public bool Demo { get; }

    /// <summary>Every list that was left out, and why.</summary>
    public IReadOnlyList<TrustFault> Faults { get; }

    /// <summary>The lists in use by jurisdiction; to be kept and given to the next <see cref="Build"/>.</summary>
    public IReadOnlyDictionary<string, SeenList> Seen { get; }

    /// <summary>Codes of the jurisdictions with a list in use.</summary>
    public IReadOnlyCollection<string> Jurisdictions => jurisdictions.Keys;

    /// <summary>Builds a snapshot from the signed lists.</summary>
    /// <param name="anchors">The local table.</param>
    /// <param name="lists">Compact JWS texts, in any order; the highest <c>seq</c> of a jurisdiction counts.</param>
    /// <param name="at">The instant of import.</param>
    /// <param name="seen">What earlier snapshots had in use.</param>
    public static TrustSnapshot Build(
        TrustAnchors anchors, IEnumerable<string> lists, DateTimeOffset at, IReadOnlyDictionary<string, SeenList>? seen = null) =>
        new TrustImport(anchors, at, seen ?? new Dictionary<string, SeenList>()).Build(lists);

    /// <summary>The key that an issuer has for a use, under its thumbprint; null when the lists do not say so. No other key is ever to be tried.</summary>
    public TrustedKey? FindKey(string issuer, string keyId, KeyUse use) => keys.GetValueOrDefault((issuer, keyId, use));

    /// <summary>The authority with this entity id.</summary>
    public TrustedAuthority? Authority(string entity) => authorities.GetValueOrDefault(entity);

    /// <summary>The authority with this code in a jurisdiction.</summary>
    public TrustedAuthority? Authority(string jurisdiction, string code) => Authorities(jurisdiction).FirstOrDefault(a => a.Code == code);

    /// <summary>The authorities of a jurisdiction in the order of its list; none when it has no list in use.</summary>
    public IReadOnlyList<TrustedAuthority> Authorities(string jurisdiction) => jurisdictions.GetValueOrDefault(jurisdiction)?.Authorities ?? [];

    /// <summary>The node with this entity id.</summary>
    public TrustedNode? Node(string entity) => nodes.GetValueOrDefault(entity);

    /// <summary>The node of a jurisdiction.</summary>
    public TrustedNode? NodeOf(string jurisdiction) => jurisdictions.GetValueOrDefault(jurisdiction)?.Node;

    /// <summary>The oversight bodies of a jurisdiction.</summary>
    public IReadOnlyList<TrustListOversight> OversightOf(string jurisdiction) => jurisdictions.GetValueOrDefault(jurisdiction)?.Oversight ?? [];

    /// <summary>Whether new exchanges with a jurisdiction must stop because its list has run out, or it has none; reading goes on.</summary>
    public bool IsExpired(string jurisdiction, DateTimeOffset at) => jurisdictions.GetValueOrDefault(jurisdiction) is not { } trust || at >= trust.ExpiresAt;

    /// <summary>The suspension of a node or authority in force at an instant; compromise before legal where both are.</summary>
    public TrustListSuspension? SuspensionOf(string entity, DateTimeOffset at) => jurisdictions.Values
        .SelectMany(t => t.Suspensions)
        .Where(s => s.Entity == entity && s.From <= at)
        .OrderBy(s => s.Reason)
        .FirstOrDefault();

    internal static TrustedKey? Newest(IEnumerable<TrustedKey> keys, DateTimeOffset at) => keys.Where(key => key.IsUsableAt(at)).MaxBy(key => key.From);
}
