using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// What the tool on a prosecutor's machine says it did with a copy of evidence: a compact JWS that is uploaded and becomes an event. It is
/// signed by the key in its own payload, so it proves that it was not changed since, and that records with one key come from one place;
/// who that was is known from the sign-in of the upload. Format: contracts/evidence/custody.md.
/// </summary>
/// <param name="SchemaVersion">Always 1.</param>
/// <param name="Transfer">Wire id of the transfer.</param>
/// <param name="Ref">Item reference; for a key, which opens every item, null.</param>
/// <param name="Action">What was done.</param>
/// <param name="Copy">Random id of the copy that came to be or ended, 22 characters of base64url.</param>
/// <param name="What">What the copy is.</param>
/// <param name="State">What is known of it from then on.</param>
/// <param name="At">When, by the clock of that machine.</param>
/// <param name="Sealed">Item digest of the sealed file; null for a key.</param>
/// <param name="Reference">Where a kept copy is kept, such as the reference of a court's file.</param>
/// <param name="Tool">Name and version of the tool.</param>
/// <param name="Key">Public half of the signing key.</param>
public sealed record CustodyRecord(
    int SchemaVersion,
    string Transfer,
    string? Ref,
    CustodyAction Action,
    string Copy,
    CustodyCopy What,
    CustodyState State,
    DateTimeOffset At,
    Digest? Sealed,
    string? Reference,
    string Tool,
    EcPublicKey Key)
{
    /// <summary>Header <c>typ</c>.</summary>
    public const string Type = "mlat-custody+jwt";

    /// <summary>Signs with the private half of <see cref="Key"/>.</summary>
    /// <exception cref="ArgumentException">Another key.</exception>
    public string Sign(EcKey key) => key.Public.Equals(Key)
        ? CompactJws.Sign(Type, JsonSerializer.SerializeToUtf8Bytes(this, StrictJson.Options), key)
        : throw new ArgumentException("a custody record is signed by the key that it names", nameof(key));

    /// <summary>Reads a record whose form and signature hold. Its digest is <see cref="CompactJws.DigestOf"/> of the text.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out CustodyRecord? record)
    {
        record = CompactJws.TryRead(text, Type, out var jws, out _)
            && StrictJson.TryRead<CustodyRecord>(jws.Payload.Span, out var read, out _)
            && read.SchemaVersion == 1
            && SealingContext.IsTransfer(read.Transfer)
            && SealingContext.IsTransfer(read.Copy)
            && (read.Ref is null || SealingContext.IsItemRef(read.Ref))
            && read.Reference is null or { Length: <= 64 }
            && read.Tool.Length <= 64
            && jws.KeyId == read.Key.Thumbprint
            && jws.IsSignedBy(read.Key)
                ? read
                : null;
        return record is not null;
    }
}

/// <summary>What was done.</summary>
public enum CustodyAction
{
    Sealed,
    Opened,
    Destroyed,
    Kept,
}

/// <summary>What a copy is.</summary>
public enum CustodyCopy
{
    SealedFile,
    OpenedCopy,
    TransferKey,
}

/// <summary>What is known of a copy.</summary>
public enum CustodyState
{
    /// <summary>It was made; nothing was said since.</summary>
    Unknown,

    /// <summary>Kept under a reference.</summary>
    Kept,

    /// <summary>Declared destroyed.</summary>
    Destroyed,
}
