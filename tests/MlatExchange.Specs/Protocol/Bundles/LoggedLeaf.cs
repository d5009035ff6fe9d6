using System.Security.Cryptography;
using System.Text;
using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Specs.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Bundles;

/// <summary>A log of some leaves, one of them with commitments, and the proof of that one.</summary>
public sealed class LoggedLeaf
{
    public const string Origin = "node.xb.example/log/2026";
    public const string Thread = "AAECAwQFBgcICQoLDA0ODw";
    private static readonly byte[] Salt = [.. Enumerable.Repeat((byte)7, 32)];

    public LoggedLeaf(int size = 300, int index = 123, string? leaf = null, EcKey? key = null, string origin = Origin)
    {
        Signer = new LogSigner(origin, key ?? EcKey.Generate(RandomNumberGenerator.Fill));
        Text = leaf ?? Canonical();
        Tiles.Append([.. Enumerable.Range(0, size).Select(i => i == index ? Rfc6962.Leaf(Encoding.UTF8.GetBytes(Text)) : Rfc6962.Leaf(ReferenceTree.Leaf(i)))]);
        var note = new Checkpoint(origin, size, Tiles.Frontier.Root()).Sign(Signer).ToString();
        Proof = ProofFile.Of(Encoding.UTF8.GetBytes(Text), index, Openings, Tiles.Tree().Inclusion(index), note);
    }

    public LogSigner Signer { get; }

    public StoredTiles Tiles { get; } = new();

    public string Text { get; }

    public ProofFile Proof { get; }

    public static byte[] Openings => Encoding.UTF8.GetBytes($$"""{"thread":{"salt":"{{Base64Url.Encode(Salt)}}","value":"{{Thread}}"} }""");

    public static string Canonical(string extra = "") =>
        $$$"""{{{{extra}}}"articles":["EEV 5"],"commit":{"thread":"{{{Base64Url.Encode(Commitment.Of(Salt, "thread", Thread))}}}"},"eventDigest":"{{{Bytes(1)}}}",""" +
        $"\"jurisdiction\":\"XB\",\"kind\":\"transfer.offered.v1\",\"nonce\":\"{Bytes(2)}\"," +
        "\"op\":\"disclosure\",\"record\":\"{\\\"kind\\\":\\\"transfer-offer\\\"}\",\"time\":\"2026-11-22T10:00:00.000Z\",\"v\":1}";

    private static string Bytes(byte b) => Base64Url.Encode([.. Enumerable.Repeat(b, 32)]);
}
