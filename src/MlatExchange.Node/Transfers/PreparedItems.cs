using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Http;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>What <c>mlat seal</c> writes and posts.</summary>
/// <param name="Transfer">128 random bits chosen by the tool, base64url.</param>
public sealed record PreparedBody(string Transfer, DateTimeOffset ReleaseBy, DateTimeOffset Expires, IReadOnlyList<PreparedItem> Items);

/// <param name="Size">Padded plaintext, bytes.</param>
/// <param name="Custody">The sealing tool's signed custody record.</param>
/// <param name="History">Signed records of what was done before it was sealed, oldest first: collected, copied, analysed.</param>
/// <param name="WrappedShare">JWE(A), compact.</param>
/// <param name="NodeShare">Share B, 32 bytes base64url.</param>
public sealed record PreparedItem(
    string Ref, string RequestItem, long Size, Digest Digest, string Commitment, string MediaType, string DataCategory, string SubjectCategory, string Handling,
    string? Custody, string WrappedShare, string NodeShare, WireRetention Retention, IReadOnlyList<PreparedCondition> Conditions, string Tool, IReadOnlyList<string>? History = null);

/// <param name="Value">In words; travels as a disclosure.</param>
public sealed record PreparedCondition(string Type, string? Value = null, IReadOnlyList<string>? Items = null);

/// <summary>A prepared item as the domain and as the offer act know it.</summary>
public static class PreparedItems
{
    public static EvidenceItem ToEvidence(PreparedItem item) => new(
        item.Ref, item.RequestItem, item.Size, item.Digest.ToString(), item.Commitment, item.MediaType, item.DataCategory, item.SubjectCategory, item.Handling,
        WrappedShare.DigestOf(item.WrappedShare).ToString(), ShareDigest(item).ToString(),
        Terms(item.Retention),
        [.. item.Conditions.Select(condition => condition.Type)], item.Tool,
        Limits(item.Conditions.Select(condition => (condition.Type, condition.Value))),
        item.Custody is { } custody ? CompactJws.DigestOf(custody).ToString() : null);

    /// <summary>Signed records of an item, in order: what was done before the sealing, and the sealing itself.</summary>
    public static IEnumerable<string> Records(PreparedItem item) => item.Custody is { } sealing ? [.. item.History ?? [], sealing] : [];

    /// <summary>Days and terms among the conditions; null where there is none.</summary>
    public static IReadOnlyList<ConditionLimit>? Limits(IEnumerable<(string Type, string? Value)> conditions) =>
        conditions.Select(condition => ConditionLimit.Read(condition.Type, condition.Value)).OfType<ConditionLimit>().ToList() is { Count: > 0 } limits ? limits : null;

    /// <summary>Terms as an act states them.</summary>
    public static RetentionTerms Terms(WireRetention stated) => new(stated.MaximumDays, stated.Trigger, stated.ReviewEveryDays, stated.Disposal, stated.LegalReference);

    public static OfferedItem ToOffer(PreparedItem item) => new(
        item.Ref, item.RequestItem, item.Size, item.Digest, item.Commitment, item.MediaType, item.DataCategory, item.SubjectCategory, item.Handling,
        WrappedShare.DigestOf(item.WrappedShare), ShareDigest(item), item.Retention,
        [.. item.Conditions.Select(condition => new ItemCondition(condition.Type, condition.Value is not null))], item.Tool,
        item.Custody is { } custody ? CompactJws.DigestOf(custody) : null);

    public static byte[] Share(PreparedItem item) => Base64Url.TryDecode(item.NodeShare, out var share) ? share : throw new InvalidOperationException("A stored share is not base64url.");

    /// <summary>Everything that would make an offer which the other side must refuse.</summary>
    public static IReadOnlyList<MemberFault> Faults(PreparedBody body)
    {
        var faults = new List<MemberFault>();
        if (!SealingContext.IsTransfer(body.Transfer)) faults.Add(new("/transfer", "wrong-form", "128 bits as 22 characters of base64url."));
        if (body.Items.Count is 0 or > 100) faults.Add(new("/items", "wrong-length", "1 to 100 items."));
        for (var i = 0; i < body.Items.Count; i++)
        {
            var (item, at) = (body.Items[i], $"/items/{i}");
            if (!SealingContext.IsItemRef(item.Ref)) faults.Add(new($"{at}/ref", "wrong-form", "1 to 32 of a-z, 0-9 and hyphen."));
            if (!Base64Url.IsExact(item.NodeShare, ItemShares.Length)) faults.Add(new($"{at}/nodeShare", "wrong-form", "32 bytes as base64url."));
            if (!Base64Url.IsExact(item.Commitment, 32)) faults.Add(new($"{at}/commitment", "wrong-form", "32 bytes as base64url."));
            if (item.WrappedShare.Length > 4096 || item.WrappedShare.Count(c => c == '.') != 4) faults.Add(new($"{at}/wrappedShare", "wrong-form", "A compact JWE."));
            Custody(body.Transfer, item, at, faults);
            if (item.Size <= 0) faults.Add(new($"{at}/size", "wrong-number", "Bytes of the padded plaintext."));
            if (!IsOneOf(item.SubjectCategory, "LED6a", "LED6b", "LED6c", "LED6d")) faults.Add(new($"{at}/subjectCategory", "unknown-code", "LED6a, LED6b, LED6c or LED6d."));
            if (!Codes.DataCategories.Contains(item.DataCategory)) faults.Add(new($"{at}/dataCategory", "unknown-code", "A data category."));
            if (!IsOneOf(item.Tool, "cli", "browser")) faults.Add(new($"{at}/tool", "unknown-code", "cli or browser."));
            if (item.MediaType.Length is 0 or > 127 || item.MediaType.Any(c => c is < ' ' or > '~')) faults.Add(new($"{at}/mediaType", "wrong-form", "A media type."));
            if (!Slugs.Is(item.Handling)) faults.Add(new($"{at}/handling", "wrong-form", "A code in kebab case."));
            if (item.Retention.MaximumDays is < 1 or > 36_525) faults.Add(new($"{at}/retention/maximumDays", "wrong-number", "1 to 36,525 days."));
            if (item.Retention.ReviewEveryDays is < 1 or > 36_525) faults.Add(new($"{at}/retention/reviewEveryDays", "wrong-number", "1 to 36,525 days."));
            Conditions(item.Conditions, at, faults);
            if (!Slugs.Is(item.Retention.Trigger)) faults.Add(new($"{at}/retention/trigger", "wrong-form", "A code in kebab case."));
            if (!Slugs.Is(item.Retention.Disposal)) faults.Add(new($"{at}/retention/disposal", "wrong-form", "A code in kebab case."));
            if (item.Retention.LegalReference.Length is 0 or > 128) faults.Add(new($"{at}/retention/legalReference", "text-length", "1 to 128 characters."));
        }
        return faults;
    }

    /// <summary>A value that a node acts on by itself must be of a form it can read.</summary>
    private static void Conditions(IReadOnlyList<PreparedCondition> conditions, string at, List<MemberFault> faults)
    {
        for (var n = 0; n < conditions.Count; n++)
        {
            var (type, value) = (conditions[n].Type, conditions[n].Value);
            if (!Codes.ConditionTypes.Contains(type)) faults.Add(new($"{at}/conditions/{n}/type", "unknown-code", "A type of condition."));
            else if (value is null && ConditionTypes.Of(type)!.Needed) faults.Add(new($"{at}/conditions/{n}/value", "missing-member", "The day is needed."));
            else if (ConditionLimit.IsTimed(type) && value is not null && ConditionLimit.Read(type, value) is null)
                faults.Add(new($"{at}/conditions/{n}/value", "malformed-value", "A day yyyy-MM-dd, or a term like P90D, P2W or P6M."));
            if (value is { Length: 0 or > 200 }) faults.Add(new($"{at}/conditions/{n}/value", "text-length", "1 to 200 characters."));
        }
    }

    /// <summary>No item without the signed record of its sealing; what is told of the time before is told in full.</summary>
    private static void Custody(string transfer, PreparedItem item, string at, List<MemberFault> faults)
    {
        if (item.Custody is not { } sealing)
        {
            faults.Add(new($"{at}/custody", "missing-member", "The signed custody record of the sealing."));
            return;
        }
        var (record, wrong) = RecordCustodyEndpoint.Read(sealing, transfer, $"{at}/custody");
        faults.AddRange(wrong);
        if (record is not null && (record.Action != CustodyAction.Sealed || record.Ref != item.Ref || record.Sealed != item.Digest)) faults.Add(new($"{at}/custody", "other-item", "The record of this item's sealing."));
        if (item.History is { Count: > 32 }) faults.Add(new($"{at}/history", "wrong-length", "At most 32 records."));
        for (var n = 0; n < Math.Min(item.History?.Count ?? 0, 32); n++)
        {
            (record, wrong) = RecordCustodyEndpoint.Read(item.History![n], transfer, $"{at}/history/{n}");
            faults.AddRange(wrong);
            if (record is not null && record.Ref != item.Ref) faults.Add(new($"{at}/history/{n}", "other-item", "Records of this item."));
        }
    }

    private static bool IsOneOf(string text, params ReadOnlySpan<string> known) => known.Contains(text);

    private static Digest ShareDigest(PreparedItem item) => Digest.Of(Share(item));
}
