using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Cli.Verification;

/// <summary>A proof of being logged, in sentences.</summary>
internal static class ProofFinding
{
    private static readonly string[] NeverProven =
    [
        "That the log shows everybody the same tree: compare this checkpoint with one that a counterpart or an oversight body holds.",
        "That something which is not in this file was never logged, or that nothing was dropped before logging.",
        "Who sat at the keyboard: the log is kept, and its key is held, by the node.",
    ];

    internal static Finding Of(ProofFile proof, TrustSnapshot trust)
    {
        var node = trust.Jurisdictions.Select(trust.NodeOf).FirstOrDefault(node => node?.LogOrigin == proof.Origin);
        if (node is null)
        {
            return new(VerdictClass.Incomplete, $"no trust list names a log {proof.Origin}, so there is no key to verify with.", [], []);
        }
        if (proof.Verify(LogKey.Of(node), out var fault) is not { } proven)
        {
            return new(VerdictClass.Invalid, Sentence(fault!.Value), [], []);
        }
        var key = node.Keys.First(key => key.Use == KeyUse.Log && key.Key.Thumbprint == proven.SignedBy.Thumbprint);
        var leaf = proven.Leaf;
        if (leaf.Jurisdiction != node.Jurisdiction)
        {
            return new(VerdictClass.Invalid, $"the leaf says {leaf.Jurisdiction}, but the log is that of {node.Jurisdiction}.", [], []);
        }
        List<string> said =
        [
            $"Leaf {proof.Index} is in the log of {leaf.Jurisdiction} ({proof.Origin}): the log's key signed a checkpoint of {proven.Checkpoint.Size} leaves that contains it.",
            $"Since then the log says: {leaf.Kind}, at {WireTime.Text(leaf.Time)}{(leaf.Operation is { } operation ? $", operation {operation}" : "")}.",
            .. Codes(leaf),
            .. (proof.Openings ?? new Dictionary<string, ProofOpening>()).Select(opened => $"It was committed then to {opened.Key} = {opened.Value.Value}"),
        ];
        List<string> open = [.. NeverProven, .. Unopened(proof, leaf)];
        return key switch
        {
            _ when key.IsDoubtful(leaf.Time) =>
                new(VerdictClass.Doubtful, $"the proof holds, but the log's key is said to have been in other hands since {WireTime.Text(key.CompromisedSince!.Value)}.", said, open),
            { RevokedAt: { } revoked } =>
                new(VerdictClass.Valid, "the proof holds.", said, [$"When the checkpoint was signed: the log's key was revoked at {WireTime.Text(revoked)}, and only another body's copy shows that it is older.", .. open]),
            _ => new(VerdictClass.Valid, "the proof holds.", said, open),
        };
    }

    private static IEnumerable<string> Codes(Leaf leaf)
    {
        string[] own = ["v", "kind", "op", "time", "jurisdiction", "nonce", "eventDigest", "commit", "record"];
        return leaf.Members.EnumerateObject().Where(member => !own.Contains(member.Name)).Select(member => $"{member.Name}: {member.Value.GetRawText()}")
            .Concat(leaf.Record is { } record ? [$"The record that both sides hold: {record}"] : []);
    }

    private static IEnumerable<string> Unopened(ProofFile proof, Leaf leaf)
    {
        var closed = leaf.Committed.Where(member => proof.Openings?.ContainsKey(member) != true).Order(StringComparer.Ordinal).ToList();
        return closed.Count == 0 ? []
            : [$"What the log committed to as {string.Join(", ", closed)}: {(proof.Openings is null ? "the openings were destroyed with the case's key, or are not shown" : "not shown")}."];
    }

    private static string Sentence(ProofFault fault) => fault switch
    {
        ProofFault.Form => "a node hash or salt is not of its form.",
        ProofFault.Checkpoint => "the checkpoint is not signed by the key that the trust list names for this log.",
        ProofFault.Inclusion => "the leaf is not in the tree of the checkpoint: leaf, index or nodes were changed.",
        ProofFault.Leaf => "the leaf is in the log, but it is not a leaf of this protocol.",
        _ => "an opening does not open what the leaf committed to.",
    };
}
