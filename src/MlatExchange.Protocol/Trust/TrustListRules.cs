using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Trust;

/// <summary>What one list must be in itself, before anybody asks who signed it.</summary>
internal static class TrustListRules
{
    /// <summary>Longest life of an encryption key: after it and seven days of overlap no copy of a sealed message opens any more.</summary>
    public static readonly TimeSpan EncryptionLife = TimeSpan.FromDays(30);

    private static readonly KeyUse[] NodeUses = [KeyUse.Message, KeyUse.Encryption, KeyUse.Log, KeyUse.Token];

    /// <summary>The first fault in document order, or null.</summary>
    public static TrustFault? FirstFault(TrustList list) =>
        Faults(list).Select(f => new TrustFault(TrustNames.IsJurisdiction(list.Jurisdiction) ? list.Jurisdiction : null, f.Rule, f.At)).FirstOrDefault();

    private static IEnumerable<(TrustRule Rule, string At)> Faults(TrustList list) =>
        [.. Head(list), .. Node(list.Node), .. Authorities(list), .. Oversight(list), .. Keys(list), .. Suspensions(list), .. Revoked(list)];

    private static IEnumerable<(TrustRule, string)> Head(TrustList list)
    {
        if (!TrustNames.IsEntity(list.Iss)) yield return (TrustRule.Name, "/iss");
        if (!TrustNames.IsJurisdiction(list.Jurisdiction)) yield return (TrustRule.Name, "/jurisdiction");
        if (list.Seq < 1) yield return (TrustRule.Order, "/seq");
        if (list.Iat < 0 || list.Iat > TrustNames.LastSecond) yield return (TrustRule.Order, "/iat");
        if (list.Exp <= list.Iat || list.Exp > TrustNames.LastSecond) yield return (TrustRule.Order, "/exp");
    }

    private static IEnumerable<(TrustRule, string)> Node(TrustListNode node)
    {
        if (!TrustNames.IsEntity(node.Entity)) yield return (TrustRule.Name, "/node/entity");
        if (!TrustNames.IsBaseUrl(node.BaseUrl)) yield return (TrustRule.Name, "/node/baseUrl");
        if (!TrustNames.IsLogOrigin(node.LogOrigin)) yield return (TrustRule.Name, "/node/logOrigin");
        for (var i = 0; i < node.Keys.Count; i++)
        {
            var key = node.Keys[i];
            if (!NodeUses.Contains(key.Use)) yield return (TrustRule.NodeKeyUse, $"/node/keys/{i}/use");
            if (key.Until <= key.From) yield return (TrustRule.Order, $"/node/keys/{i}/until");
            if (key.Use == KeyUse.Encryption && key.Until - key.From > EncryptionLife) yield return (TrustRule.EncryptionLife, $"/node/keys/{i}/until");
        }
        if (NodeUses.Any(use => node.Keys.All(key => key.Use != use))) yield return (TrustRule.MissingKey, "/node/keys");
    }

    private static IEnumerable<(TrustRule, string)> Authorities(TrustList list)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { list.Iss };
        if (!seen.Add(list.Node.Entity)) yield return (TrustRule.Twice, "/node/entity");
        for (var i = 0; i < list.Authorities.Count; i++)
        {
            var (authority, at) = (list.Authorities[i], $"/authorities/{i}");
            if (!TrustNames.IsEntity(authority.Entity)) yield return (TrustRule.Name, at + "/entity");
            if (!TrustNames.IsCode(authority.Code)) yield return (TrustRule.Name, at + "/code");
            if (!TrustNames.IsCode(authority.Kind)) yield return (TrustRule.Name, at + "/kind");
            if (!seen.Add(authority.Entity)) yield return (TrustRule.Twice, at + "/entity");
            if (!seen.Add(authority.Code)) yield return (TrustRule.Twice, at + "/code");
            if (authority.ActKeys.Count == 0) yield return (TrustRule.MissingKey, at + "/actKeys");
            if (authority.ActKeys.Any(key => key.Until <= key.From)) yield return (TrustRule.Order, at + "/actKeys");
            if (!authority.TrustMarks.All(TrustNames.IsTrustMark)) yield return (TrustRule.Name, at + "/trustMarks");
            if (authority.TrustMarks.Distinct(StringComparer.Ordinal).Count() != authority.TrustMarks.Count) yield return (TrustRule.Twice, at + "/trustMarks");
        }
    }

    private static IEnumerable<(TrustRule, string)> Oversight(TrustList list)
    {
        var seen = new HashSet<string>(list.Authorities.SelectMany(a => new[] { a.Entity, a.Code }).Append(list.Node.Entity).Append(list.Iss), StringComparer.Ordinal);
        for (var i = 0; i < list.Oversight.Count; i++)
        {
            var (body, at) = (list.Oversight[i], $"/oversight/{i}");
            if (!TrustNames.IsEntity(body.Entity)) yield return (TrustRule.Name, at + "/entity");
            if (!TrustNames.IsCode(body.Code)) yield return (TrustRule.Name, at + "/code");
            if (!seen.Add(body.Entity)) yield return (TrustRule.Twice, at + "/entity");
            if (!seen.Add(body.Code)) yield return (TrustRule.Twice, at + "/code");
        }
    }

    private static IEnumerable<(TrustRule, string)> Keys(TrustList list)
    {
        var seen = new HashSet<EcPublicKey>();
        return Holdings(list).Where(held => !seen.Add(held.Key)).Select(held => (TrustRule.SharedKey, held.At));
    }

    /// <summary>Every key of the list and where it stands.</summary>
    public static IEnumerable<(EcPublicKey Key, string At)> Holdings(TrustList list) =>
    [
        .. list.Node.Keys.Select((key, i) => (key.Jwk, $"/node/keys/{i}/jwk")),
        .. list.Authorities.SelectMany((a, n) => a.ActKeys.Select((key, i) => (key.Jwk, $"/authorities/{n}/actKeys/{i}/jwk"))),
        .. list.Authorities.SelectMany((a, n) => a.EvidenceKeys.Select((key, i) => (key.Jwk, $"/authorities/{n}/evidenceKeys/{i}/jwk"))),
    ];

    /// <summary>Every entity id of the list.</summary>
    public static IEnumerable<string> Entities(TrustList list) =>
        [list.Iss, list.Node.Entity, .. list.Authorities.Select(a => a.Entity), .. list.Oversight.Select(o => o.Entity)];

    private static IEnumerable<(TrustRule, string)> Suspensions(TrustList list) => list.Suspensions
        .Select((suspension, i) => (suspension.Entity, At: $"/suspensions/{i}/entity"))
        .Where(s => s.Entity != list.Node.Entity && list.Authorities.All(a => a.Entity != s.Entity))
        .Select(s => (TrustRule.UnknownEntity, s.At));

    private static IEnumerable<(TrustRule, string)> Revoked(TrustList list)
    {
        for (var i = 0; i < list.Revoked.Count; i++)
        {
            if (!Base64Url.IsExact(list.Revoked[i].Kid, Digest.Size)) yield return (TrustRule.Name, $"/revoked/{i}/kid");
            if (list.Revoked[i].CompromisedSince > list.Revoked[i].At) yield return (TrustRule.Order, $"/revoked/{i}/compromisedSince");
        }
        if (list.Revoked.DistinctBy(r => r.Kid).Count() != list.Revoked.Count) yield return (TrustRule.Twice, "/revoked");
    }
}
