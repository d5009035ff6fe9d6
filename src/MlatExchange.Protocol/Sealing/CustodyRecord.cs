using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// What the tool on a prosecutor's machine says it did with a copy of evidence: a compact JWS that is uploaded and becomes an event. It is
/// signed by the key in its own payload, so it proves that it was not changed since, and that records with one key come from one place;
/// who that was is known from the sign-in of the upload. Format: contracts/evidence/custody.md.
/// </summary>
/// <param name="SchemaVersion">2; 1 is still read, and says nothing of what follows <paramref name="Key"/>.</param>
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
/// <param name="Previous">Digest of the record of the act before it on the same copy; of an act on the item where the copy is new; null where there is none.</param>
/// <param name="Place">Where, as an ISO 3166-1 or 3166-2 code.</param>
/// <param name="Basis">The legal reference it rests on, with the number of its article.</param>
/// <param name="Purpose">Code of what for, as in requests; where the act is a use.</param>
/// <param name="To">Who got it, where it was passed on: a jurisdiction, or <c>XC/xc-central</c> with its authority.</param>
/// <param name="Exhibit">Exhibit number; in the record alone, which the node keeps in its vault.</param>
public sealed partial record CustodyRecord(
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
    EcPublicKey Key,
    Digest? Previous = null,
    string? Place = null,
    string? Basis = null,
    string? Purpose = null,
    string? To = null,
    string? Exhibit = null)
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
            && read.SchemaVersion is 1 or 2
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

    /// <summary>What an act needs to be told in full: the members that are missing or of another form, each with its rule. A record of the first version lacks most.</summary>
    public IEnumerable<(string Member, string Rule)> Faults()
    {
        if (SchemaVersion != 2) yield return ("schemaVersion", "wrong-number");
        if (!IsPlace(Place)) yield return ("place", "wrong-form");
        if (!IsBasis(Basis)) yield return ("basis", "wrong-form");
        if (!ToolForm().IsMatch(Tool)) yield return ("tool", "wrong-form");
        if (Exhibit is { Length: 0 or > 64 }) yield return ("exhibit", "text-length");
        if (Purpose is null == Action is CustodyAction.Analysed or CustodyAction.DisclosedToDefence or CustodyAction.DisclosedToCourt or CustodyAction.PassedOn)
            yield return ("purpose", Purpose is null ? "missing-member" : "unknown-member");
        if (To is null ? Action == CustodyAction.PassedOn : Action != CustodyAction.PassedOn || !ToForm().IsMatch(To)) yield return ("to", To is null ? "missing-member" : "wrong-form");
        if (State == CustodyState.Kept && Reference is null) yield return ("reference", "missing-member");
        if (Ref is null != What is CustodyCopy.TransferKey) yield return ("ref", "wrong-form");
    }

    /// <summary>Whether it says where.</summary>
    public static bool IsPlace(string? text) => text is not null && PlaceForm().IsMatch(text);

    /// <summary>Whether it cites a law.</summary>
    public static bool IsBasis(string? text) => text is not null && BasisForm().IsMatch(text);

    [GeneratedRegex("^[A-Z]{2}(-[A-Z0-9]{1,3})?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceForm();

    // A law is cited with the number of an article or section: words alone are no citation.
    [GeneratedRegex(@"^(?=.*[0-9])[\p{L}0-9][\p{L}0-9 .,;:()'’&/§-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex BasisForm();

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,31}/[0-9A-Za-z.+-]{1,31}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ToolForm();

    [GeneratedRegex("^[A-Z]{2}(/[a-z0-9-]{1,64})?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ToForm();
}

/// <summary>What was done.</summary>
public enum CustodyAction
{
    Sealed,
    Opened,
    Destroyed,
    Kept,
    Collected,
    Copied,
    Analysed,
    DisclosedToDefence,
    DisclosedToCourt,

    /// <summary>To another authority or jurisdiction.</summary>
    PassedOn,

    /// <summary>To whoever supplied it.</summary>
    Returned,

    /// <summary>By courier, to the receiving authority.</summary>
    HandedOver,
}

/// <summary>What a copy is.</summary>
public enum CustodyCopy
{
    SealedFile,
    OpenedCopy,
    TransferKey,

    /// <summary>What was collected, before it was sealed.</summary>
    Original,
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
