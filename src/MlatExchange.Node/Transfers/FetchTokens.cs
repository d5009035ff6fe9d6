using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Transfers;

/// <summary>What a fetch token allows.</summary>
/// <param name="Iss">Entity id of the fetching node.</param>
/// <param name="Aud">Entity id of the supplier's node.</param>
/// <param name="Accepted">Digest of the conditions-accepted act.</param>
/// <param name="Exp">Seconds since 1970 UTC, at most 10 minutes after <paramref name="Iat"/>.</param>
public sealed record FetchToken(string Iss, string Aud, string Jti, string Transfer, string Ref, Digest Accepted, long Iat, long Exp);

/// <summary>Proof that whoever sends a request holds the token key now: bound to this request, good once.</summary>
/// <param name="Range">The Range header as sent.</param>
/// <param name="Token">SHA-256 over the token's characters.</param>
public sealed record FetchProof(string Iss, string Jti, string Path, string Range, Digest Token, long Iat);

/// <summary>
/// Fetch tokens (<c>mlat-fetch+jwt</c>) and the fresh proof that goes with every request (<c>mlat-fetch-proof+jwt</c>), both signed with the fetching node's token key. A stolen token is
/// worth nothing without the key, a stolen request nothing a second time; and what it fetches nobody can open.
/// </summary>
public sealed class FetchTokens(TimeProvider clock)
{
    public const string TokenType = "mlat-fetch+jwt";
    public const string ProofType = "mlat-fetch-proof+jwt";
    public const string ProofHeader = "Mlat-Proof";
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ProofAge = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, long> used = new(StringComparer.Ordinal);

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    public string Token(EcKey key, string iss, string aud, string transfer, string item, Digest accepted, RandomSource random) => Sign(
        TokenType, new FetchToken(iss, aud, WireId.New(random), transfer, item, accepted, Now, Now + (long)Life.TotalSeconds), key);

    public string Proof(EcKey key, string iss, string path, string range, string token, RandomSource random) => Sign(
        ProofType, new FetchProof(iss, WireId.New(random), path, range, DigestOf(token), Now), key);

    /// <summary>The token when it and its proof hold for this request; otherwise null and the rule that failed.</summary>
    public (FetchToken? Token, string Rule) Check(string tokenText, string proofText, string path, string range, string ownEntity, TrustSnapshot trust)
    {
        if (Read<FetchToken>(tokenText, TokenType, trust, out var token) is { } fault) return (null, "token-" + fault);
        if (token!.Aud != ownEntity) return (null, "token-audience");
        if (token.Iat > Now + 60 || token.Exp <= Now || token.Exp - token.Iat > (long)Life.TotalSeconds) return (null, "token-expired");
        if (Read<FetchProof>(proofText, ProofType, trust, out var proof) is { } wrong) return (null, "proof-" + wrong);
        if (proof!.Iss != token.Iss || proof.Path != path || proof.Range != range || proof.Token != DigestOf(tokenText)) return (null, "proof-of-other-request");
        if (Math.Abs(Now - proof.Iat) > (long)ProofAge.TotalSeconds) return (null, "proof-too-old");
        foreach (var (jti, at) in used)
            if (Now - at > 2 * (long)ProofAge.TotalSeconds) used.TryRemove(jti, out _);
        return used.TryAdd(proof.Iss + proof.Jti, Now) ? (token, "") : (null, "proof-replayed");
    }

    private static Digest DigestOf(string text) => Digest.Of(Encoding.ASCII.GetBytes(text));

    private static string Sign<T>(string type, T payload, EcKey key) => CompactJws.Sign(type, JsonSerializer.SerializeToUtf8Bytes(payload, StrictJson.Options), key);

    private string? Read<T>(string text, string type, TrustSnapshot trust, out T? value)
        where T : class
    {
        value = null;
        if (!CompactJws.TryRead(text, type, out var jws, out _)) return "unreadable";
        if (!StrictJson.TryRead(jws.Payload.Span, out value, out _)) return "shape";
        var iss = value switch { FetchToken token => token.Iss, FetchProof proof => proof.Iss, _ => "" };
        var now = clock.GetUtcNow();
        if (trust.FindKey(iss, jws.KeyId, KeyUse.Token) is not { } key || key.StandingAt(now, now) != KeyStanding.Valid || trust.SuspensionOf(iss, now) is not null) return "key";
        return jws.IsSignedBy(key.Key) ? null : "signature";
    }
}
