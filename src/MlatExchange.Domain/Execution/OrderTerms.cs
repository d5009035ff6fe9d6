using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;

namespace MlatExchange.Domain.Execution;

/// <summary>Terms of an investigation order that no rule pack names, on either side (EIO 7(6), 12(5)-(6), 16(1), 32(2)).</summary>
internal static class OrderTerms
{
    /// <summary>Acknowledgement; forwarding, once it happened; the decision on provisional measures, where some are asked for. None under another instrument.</summary>
    public static IEnumerable<CaseTerm> AtReceipt(
        RequestFacts facts, DeadlineTables tables, DateTimeOffset? delivered, DateTimeOffset? acknowledged, DateTimeOffset? forwarded, DecisionTimes decided)
    {
        if (facts.Instrument != "EIO")
            yield break;
        var other = facts.Addressee.Jurisdiction;
        yield return tables.Term("eio-acknowledgement", other, delivered, acknowledged);
        // Nobody but the authority that got it can know that it is not competent: before it says so nothing is owed.
        if (forwarded is not null)
            yield return tables.Term("eio-forwarding", other, delivered, forwarded);
        // What an order asks to be preserved is a provisional measure (EIO 32).
        List<string> provisional = [.. facts.Items.Where(item => item.Measure == Codes.Preserve).Select(item => item.Ref)];
        if (provisional.Count > 0)
            yield return tables.Term("eio-provisional-measure", other, delivered, decided.Of(provisional));
    }

    /// <summary>
    /// The notice of delay, once it is owed or was given: at once when a term is over unmet, earlier where the authority sees it coming. <paramref name="running"/> are the terms it
    /// may speak of.
    /// </summary>
    public static IEnumerable<CaseTerm> OfDelay(
        RequestFacts facts, DeadlineTables tables, IReadOnlyList<CaseTerm> running, IReadOnlyList<string> ended, IReadOnlyList<DelayNotice> delays)
    {
        if (facts.Instrument != "EIO")
            yield break;
        var over = running.FirstOrDefault(term => term.Deadline.Rule.Id is "eio-recognition" or "eio-execution" && ended.Contains(term.Deadline.Rule.Id));
        if (over is not null)
            yield return tables.Term("eio-delay-notice", facts.Addressee.Jurisdiction, over.Deadline.Due, over.Delay?.At);
        else if (running.FirstOrDefault(term => term.Delay is not null) is { Delay: { } told })
            yield return tables.Term("eio-delay-notice", facts.Addressee.Jurisdiction, told.At, told.At);
    }
}
