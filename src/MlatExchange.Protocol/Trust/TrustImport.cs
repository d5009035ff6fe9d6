using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Trust;

/// <summary>Takes signed lists in, in the order of contracts/trust: form, anchor, key, signature, binding, demo, time, sequence.</summary>
internal sealed class TrustImport(TrustAnchors anchors, DateTimeOffset at, IReadOnlyDictionary<string, SeenList> seen)
{
    /// <summary>Clocks may differ by so much.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(60);

    private readonly List<TrustFault> faults = [];

    public TrustSnapshot Build(IEnumerable<string> lists)
    {
        var accepted = lists.Select(Read).OfType<Signed>().GroupBy(s => s.Anchor).Select(Newest).OfType<Signed>().ToList();
        return new TrustSnapshot(anchors.Demo, [.. accepted.Select(s => new JurisdictionTrust(s.Anchor, s.List, s.Jws))], faults);
    }

    private sealed record Signed(TrustAnchor Anchor, TrustList List, CompactJws Jws);

    private Signed? Read(string text)
    {
        if (!CompactJws.TryRead(text, TrustList.Type, out var jws, out _))
        {
            return Refuse(null, TrustRule.Envelope);
        }
        if (!TrustList.TryRead(jws.Payload.Span, out var list, out var fault))
        {
            faults.Add(fault);
            return null;
        }
        var anchor = anchors.Anchors.FirstOrDefault(a => a.Anchor == list.Iss);
        var key = anchor?.Keys.FirstOrDefault(k => k.Thumbprint == jws.KeyId);
        seen.TryGetValue(list.Jurisdiction, out var before);
        TrustRule? broken = true switch
        {
            _ when anchor is null => TrustRule.UnknownAnchor,
            _ when key is null => TrustRule.UnknownAnchorKey,
            _ when !jws.IsSignedBy(key) => TrustRule.Signature,
            _ when anchor.Jurisdiction != list.Jurisdiction || anchor.Node != list.Node.Entity => TrustRule.Binding,
            _ when !TrustListRules.Entities(list).All(entity => TrustNames.IsWithin(entity, anchor.Domain)) => TrustRule.Domain,
            _ when TrustListRules.Holdings(list).Any(held => anchors.Anchors.Any(a => a.Keys.Contains(held.Key))) => TrustRule.SharedKey,
            _ when anchors.Demo != list.Demo => TrustRule.Demo,
            _ when DateTimeOffset.FromUnixTimeSeconds(list.Iat) > at + Ahead => TrustRule.Early,
            _ when list.Seq < before?.Seq => TrustRule.SequenceBack,
            _ when list.Seq == before?.Seq && jws.Digest != before.Digest => TrustRule.Equivocation,
            _ => null,
        };
        return broken is { } rule ? Refuse(list.Jurisdiction, rule) : new Signed(anchor!, list, jws);
    }

    private Signed? Newest(IEnumerable<Signed> ofOneAnchor)
    {
        var newest = ofOneAnchor.GroupBy(s => s.List.Seq).MaxBy(g => g.Key)!;
        return newest.DistinctBy(s => s.Jws.Digest).Count() == 1 ? newest.First() : Refuse(newest.First().List.Jurisdiction, TrustRule.Equivocation, "/seq");
    }

    private Signed? Refuse(string? jurisdiction, TrustRule rule, string pointer = "")
    {
        faults.Add(new TrustFault(jurisdiction, rule, pointer));
        return null;
    }
}
