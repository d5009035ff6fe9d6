using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Protocol.Transparency;

/// <summary>
/// The key that checkpoints of one log are verified with: signed-note type 0x02, ECDSA P-256 with SHA-256, signature in ASN.1 DER, key
/// id = first four bytes of SHA-256 over the public key's SPKI DER. Safe for many threads.
/// </summary>
public sealed class LogKey
{
    /// <summary>SubjectPublicKeyInfo of an uncompressed P-256 point, up to the point's 64 bytes (RFC 5480).</summary>
    private static readonly byte[] SpkiStart = Convert.FromHexString("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private readonly EcPublicKey key;
    private readonly byte[]?[] verified = new byte[]?[4]; // digest and signature of the newest heads: many messages leave under one
    private uint next;

    /// <summary>A key under the log's origin, which is also the key's name on signature lines.</summary>
    public LogKey(string origin, EcPublicKey key)
    {
        if (!SignedNote.IsKeyName(origin))
        {
            throw new ArgumentException("an origin that names a key is not empty and has no spaces and no plus sign", nameof(origin));
        }
        (Origin, this.key) = (origin, key);
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. SpkiStart, .. Bytes(key.X), .. Bytes(key.Y)]));
    }

    /// <summary>Every log key that the trust list states for a node, ended and revoked ones too: what they signed stays to be judged. Make them once per list.</summary>
    public static IReadOnlyList<LogKey> Of(TrustedNode node) => [.. node.Keys.Where(key => key.Use == KeyUse.Log).Select(key => new LogKey(node.LogOrigin, key.Key))];

    /// <summary>RFC 7638 thumbprint of the key, its name in the trust list.</summary>
    public string Thumbprint => key.Thumbprint;

    /// <summary>The log's origin.</summary>
    public string Origin { get; }

    /// <summary>Key id on signature lines.</summary>
    public uint Id { get; }

    /// <summary>
    /// Whether this key signed the note: at least one line bears its name and id, and every line that does verifies. Lines of other
    /// keys are ignored (C2SP signed-note).
    /// </summary>
    public bool Verifies(SignedNote note)
    {
        var found = false;
        Span<byte> seen = stackalloc byte[32 + 64];
        SHA256.HashData(Encoding.UTF8.GetBytes(note.Text), seen);
        foreach (var line in note.Signatures)
        {
            if (line.KeyId != Id || line.KeyName != Origin)
            {
                continue;
            }
            if (!DerSignature.TryRead(line.Signature, seen[32..]) || !Verifies(seen))
            {
                return false;
            }
            found = true;
        }
        return found;
    }

    private bool Verifies(ReadOnlySpan<byte> digestAndSignature)
    {
        foreach (var before in verified)
        {
            if (before is not null && digestAndSignature.SequenceEqual(before))
            {
                return true;
            }
        }
        if (!key.Verify(new Digest(digestAndSignature[..32]), digestAndSignature[32..]))
        {
            return false;
        }
        verified[Interlocked.Increment(ref next) % verified.Length] = digestAndSignature.ToArray();
        return true;
    }

    private static byte[] Bytes(string coordinate) =>
        Base64Url.TryDecode(coordinate, out var bytes) ? bytes : throw new InvalidOperationException("a key has coordinates");
}
