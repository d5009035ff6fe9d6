using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Trust;

/// <summary>
/// A jurisdiction's word that its nodes may apply a rule pack: payload of a compact JWS under its anchor's key, in a file of its own beside the pack, so that signing
/// changes no byte of the pack and several jurisdictions may sign the same one.
/// </summary>
/// <param name="Iss">Entity id of the anchor.</param>
/// <param name="RulePack">Id and version, such as <c>eev@2</c>.</param>
/// <param name="Digest">SHA-256 of the pack's bytes, <c>sha-256:...</c>.</param>
/// <param name="Iat">When it was signed, seconds since 1970-01-01 UTC.</param>
public sealed record PackStatement(string Iss, string Jurisdiction, string RulePack, Digest Digest, long Iat)
{
    /// <summary>The <c>typ</c> of its JWS.</summary>
    public const string Type = "mlat-rule-pack+jwt";

    /// <summary>Name of the file beside <c>eev@2.json</c>: <c>eev@2.xa.jwt</c>.</summary>
    public static string FileName(string rulePack, string jurisdiction) => $"{rulePack}.{jurisdiction.ToLowerInvariant()}.jwt";

    public string Sign(EcKey anchor) => CompactJws.Sign(Type, JsonSerializer.SerializeToUtf8Bytes(this, StrictJson.Options), anchor);

    /// <summary>
    /// Verifies a statement in the order envelope, anchor, key, signature, content: that the anchor of <paramref name="jurisdiction"/>, and no other, says it of exactly this pack.
    /// A key that the table of anchors no longer lists signs nothing any more.
    /// </summary>
    /// <param name="key">Thumbprint of the anchor's key.</param>
    /// <param name="rule">The first rule broken.</param>
    public static bool Holds(string text, TrustAnchors anchors, string jurisdiction, string rulePack, Digest digest, [NotNullWhen(true)] out string? key, [NotNullWhen(false)] out string? rule)
    {
        key = null;
        if (!CompactJws.TryRead(text, Type, out var jws, out _)) rule = "pack-signature-envelope";
        else if (!StrictJson.TryRead<PackStatement>(jws.Payload.Span, out var said, out _)) rule = "pack-signature-form";
        else if (anchors.Anchors.FirstOrDefault(anchor => anchor.Jurisdiction == jurisdiction) is not { } own || own.Anchor != said.Iss || said.Jurisdiction != jurisdiction) rule = "pack-signature-issuer";
        else if (own.Keys.FirstOrDefault(one => one.Thumbprint == jws.KeyId) is not { } anchorKey) rule = "pack-signature-key";
        else if (!jws.IsSignedBy(anchorKey)) rule = "pack-signature";
        else if (said.RulePack != rulePack || said.Digest != digest) rule = "pack-signature-of-other-pack";
        else (key, rule) = (jws.KeyId, null);
        return rule is null && key is not null;
    }
}
