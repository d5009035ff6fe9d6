using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Trust;

/// <summary>
/// The local table (<c>anchors.json</c>) that two people agree on, comparing thumbprints out of band: it binds each jurisdiction code to one node and one
/// anchor. All trust starts here; nothing received can change it.
/// </summary>
/// <param name="Demo">Made for a demonstration; production nodes refuse it.</param>
/// <param name="Anchors">One per jurisdiction.</param>
public sealed record TrustAnchors(bool Demo, IReadOnlyList<TrustAnchor> Anchors)
{
    /// <summary>Reads the file; white space around the value is allowed here, because people edit it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out TrustAnchors? anchors, [NotNullWhen(false)] out TrustFault? fault)
    {
        fault = StrictJson.TryRead(file.Trim(" \t\r\n"u8), out anchors, out var json) ? FirstFault(anchors) : new TrustFault(null, TrustRule.Form, json.JsonPointer);
        anchors = fault is null ? anchors : null;
        return anchors is not null;
    }

    /// <summary>The file.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, StrictJson.Options);

    private static TrustFault? FirstFault(TrustAnchors table)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var keys = new HashSet<EcPublicKey>();
        for (var i = 0; i < table.Anchors.Count; i++)
        {
            var (anchor, at) = (table.Anchors[i], $"/anchors/{i}");
            (TrustRule, string)? broken = true switch
            {
                _ when !TrustNames.IsJurisdiction(anchor.Jurisdiction) => (TrustRule.Name, "/jurisdiction"),
                _ when !TrustNames.IsEntity(anchor.Node) => (TrustRule.Name, "/node"),
                _ when !TrustNames.IsEntity(anchor.Anchor) => (TrustRule.Name, "/anchor"),
                _ when !names.Add(anchor.Jurisdiction) => (TrustRule.Twice, "/jurisdiction"),
                _ when !names.Add(anchor.Node) => (TrustRule.Twice, "/node"),
                _ when !names.Add(anchor.Anchor) => (TrustRule.Twice, "/anchor"),
                _ when !TrustNames.IsDomain(anchor.Domain) => (TrustRule.Name, "/domain"),
                _ when table.Anchors.Any(other => other != anchor && TrustNames.IsWithin("https://" + anchor.Domain, other.Domain)) => (TrustRule.Domain, "/domain"),
                _ when !TrustNames.IsWithin(anchor.Node, anchor.Domain) || !TrustNames.IsWithin(anchor.Anchor, anchor.Domain) => (TrustRule.Domain, "/domain"),
                _ when anchor.Keys.Count == 0 => (TrustRule.MissingKey, "/keys"),
                _ when !anchor.Keys.All(keys.Add) => (TrustRule.SharedKey, "/keys"),
                _ => null,
            };
            if (broken is var (rule, member))
            {
                return new TrustFault(null, rule, at + member);
            }
        }
        return null;
    }
}

/// <summary>One line of the table.</summary>
/// <param name="Jurisdiction">ISO 3166-1 alpha-2 code.</param>
/// <param name="Node">Entity id of the jurisdiction's node.</param>
/// <param name="Anchor">Entity id of its anchor.</param>
/// <param name="Domain">Host name that all entity ids of the jurisdiction end in; no domain of the table lies in another.</param>
/// <param name="Keys">Public keys of the anchor, more than one only while they change.</param>
public sealed record TrustAnchor(string Jurisdiction, string Node, string Anchor, string Domain, IReadOnlyList<EcPublicKey> Keys);
