using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MlatExchange.Protocol.Transparency;

/// <summary>
/// The key that signs checkpoints of one log: signed-note type 0x02, ECDSA P-256 with SHA-256, signature in ASN.1 DER, key id = first
/// four bytes of SHA-256 over the public key's SPKI DER. Without the private half it only verifies.
/// </summary>
public sealed class LogKey
{
    private readonly ECDsa key;

    /// <summary>A key under the log's origin; a curve other than P-256 is an <see cref="ArgumentException"/>. The caller keeps the key alive.</summary>
    public LogKey(string origin, ECDsa key)
    {
        if (!SignedNote.IsKeyName(origin))
        {
            throw new ArgumentException("an origin that names a key is not empty and has no spaces and no plus sign", nameof(origin));
        }
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
        {
            throw new ArgumentException("a log key is on P-256", nameof(key));
        }
        (Origin, this.key) = (origin, key);
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>The log's origin, which is also the name of its key.</summary>
    public string Origin { get; }

    /// <summary>Key id on signature lines.</summary>
    public uint Id { get; }

    /// <summary>Signs note text; only with a private half.</summary>
    public NoteSignature Sign(ReadOnlySpan<byte> text) => new(Origin, Id, key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    /// <summary>
    /// Whether this key signed the note: at least one line bears its name and id, and every line that does verifies. Lines of other
    /// keys are ignored (C2SP signed-note).
    /// </summary>
    public bool Verifies(SignedNote note)
    {
        var own = note.Signatures.Where(line => line.KeyId == Id && line.KeyName == Origin).ToList();
        var text = note.SignedBytes();
        return own.Count > 0 && own.TrueForAll(line => key.VerifyData(text, line.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }
}
