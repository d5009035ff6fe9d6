using System.Text;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Cli.Keys;

/// <summary>
/// One jurisdiction's keys in one folder: <c>node/</c> is for its node, <c>offline/</c> for nobody's node; its signed list and its line in
/// the table of anchors are what the others get.
/// </summary>
internal sealed class KeySet(string folder, string jurisdiction, Uri baseUrl, AuthorityTable table, TimeSpan validFor, bool demo, Workplace workplace)
{
    private readonly string code = jurisdiction.ToLowerInvariant();
    // Whole seconds: a message signed in the first second of a key has an iat that is not before it.
    private readonly DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(workplace.Now.ToUnixTimeSeconds());

    internal (TrustAnchor Anchor, string List) Make()
    {
        using var anchor = NewKey("offline/anchor.jwk");
        var list = new TrustList(
            $"https://anchor.{Domain}",
            jurisdiction,
            Seq: 1,
            now.ToUnixTimeSeconds(),
            (now + validFor).ToUnixTimeSeconds(),
            demo,
            new TrustListNode(Node, baseUrl.ToString().TrimEnd('/'), $"node.{Domain}/log/{now.Year}", NodeKeys()),
            [.. table.Authorities.Select(Authority)],
            [.. table.Oversight.Select(body => new TrustListOversight($"https://{body}.{Domain}", body))],
            Suspensions: [],
            Revoked: []);
        return (new TrustAnchor(jurisdiction, Node, list.Iss, Domain, [anchor.Public]), Sign(list, anchor));
    }

    private static string Sign(TrustList list, EcKey anchor)
    {
        try
        {
            return list.Sign(anchor);
        }
        catch (ArgumentException e)
        {
            throw Refusal.Usage($"The list of {list.Jurisdiction} breaks a rule: {e.Message}.");
        }
    }

    private string Domain => $"{code}.example";

    private string Node => $"https://node.{Domain}";

    private TrustListNodeKey[] NodeKeys() =>
        [.. new[] { KeyUse.Message, KeyUse.Encryption, KeyUse.Log, KeyUse.Token }.Select(use => new TrustListNodeKey(use, NewPublic($"node/{WireName(use)}.jwk"), now))];

    private TrustListAuthority Authority(AuthorityEntry entry) => new(
        $"https://{entry.Code}.{Domain}",
        entry.Code,
        entry.Kind,
        [new TrustListActKey(NewPublic($"node/acts/{entry.Code}.jwk"), Custody.Node, now)],
        [new TrustListEvidenceKey(NewPublic($"offline/evidence/{entry.Code}.jwk"), now)],
        entry.TrustMarks);

    private EcPublicKey NewPublic(string name)
    {
        using var key = NewKey(name);
        return key.Public;
    }

    private EcKey NewKey(string name)
    {
        var key = EcKey.Generate(workplace.Random);
        Files.WriteNew(Path.Combine(folder, code, name), Encoding.UTF8.GetBytes(key.ExportPrivateJwk()), secret: true);
        return key;
    }

    private static string WireName(KeyUse use) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(use.ToString());
}
