using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Cli.Evidence;

/// <summary>Finds the evidence key that the signed request names, checked up to an anchor pinned on this machine. No other key is ever sealed to.</summary>
internal static class EvidenceKeyChoice
{
    /// <param name="trust">Pinned trust.</param>
    /// <param name="authority">Code of the requesting authority.</param>
    /// <param name="named">Thumbprint as the request names it, or a file with the public JWK.</param>
    /// <param name="at">Now.</param>
    internal static EcPublicKey Find(TrustSnapshot trust, string authority, string named, DateTimeOffset at)
    {
        var found = trust.Jurisdictions.Select(code => trust.Authority(code, authority)).OfType<TrustedAuthority>().ToList();
        if (found is not [var one])
        {
            throw Refusal.Invalid(found.Count == 0 ? $"No trust list names an authority {authority}." : $"Several trust lists name an authority {authority}.");
        }
        if (trust.IsExpired(one.Jurisdiction, at))
        {
            throw Refusal.Invalid($"The trust list of {one.Jurisdiction} has run out.");
        }
        var thumbprint = Base64Url.IsExact(named, Digest.Size) ? named
            : EcPublicKey.TryImport(Files.ReadText(named), out var given) ? given.Thumbprint
            : throw Refusal.Usage($"{named} is neither a thumbprint nor a public key (P-256 JWK).");
        var key = one.EvidenceKeys.FirstOrDefault(listed => listed.Key.Thumbprint == thumbprint)
            ?? throw Refusal.Invalid($"{thumbprint} is not an evidence key of {authority}: the trust list of {one.Jurisdiction} does not name it.");
        return key.StandingAt(at, at) == KeyStanding.Valid ? key.Key : throw Refusal.Invalid($"{thumbprint} is revoked or not yet valid.");
    }
}
