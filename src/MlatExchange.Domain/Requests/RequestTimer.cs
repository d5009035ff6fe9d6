using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;

namespace MlatExchange.Domain.Requests;

/// <summary>
/// What a sent request comes to by itself as time passes: terms that end unmet are recorded, and an emergency order whose validation was refused or never came is withdrawn
/// (EEV 4(5)).
/// </summary>
public static class RequestTimer
{
    /// <summary>The earliest instant at which something is to be done; null while nothing ever will be. Past where it is due now.</summary>
    public static DateTimeOffset? Next(AssistanceRequest state, DeadlineTables tables)
    {
        if (state is not AssistanceRequest.Sent sent)
            return null;
        if (sent.Dispatch.Validation == ValidationOutcome.Refused)
            return sent.Dispatch.ValidatedAt;
        var next = sent.Dispatch.Validation is null ? After(sent.ValidationDue) : null;
        foreach (var term in RequestTerms.Of(state, tables))
        {
            if (term.Met is null && !sent.Dispatch.EndedTerms.Contains(term.Deadline.Rule.Id) && After(term.Deadline.Due) is { } due && (next is null || due < next))
                next = due;
        }

        return next;
    }

    /// <summary>Why the request must be withdrawn now; null while it need not.</summary>
    public static WithdrawalGround? Withdraws(AssistanceRequest state, DateTimeOffset now) => state switch
    {
        AssistanceRequest.Sent { Dispatch.Validation: ValidationOutcome.Refused } => WithdrawalGround.ValidationRefused,
        AssistanceRequest.Sent { Dispatch.Validation: null, ValidationDue: { } due } when now > due => WithdrawalGround.ValidationLapsed,
        _ => null,
    };

    /// <summary>Everything that is due at <paramref name="now"/>, in the order of the terms, the withdrawal last.</summary>
    /// <param name="withdrawalAct">Digest of the withdrawal act where one is due; null where none is, or where it could not be signed.</param>
    public static Decision<RequestEvent> Fire(AssistanceRequest state, DeadlineTables tables, string? withdrawalAct, Official node, DateTimeOffset now)
    {
        List<RequestEvent> events = [];
        foreach (var term in RequestTerms.Of(state, tables).Where(term => term.IsOver(now)))
            events.AddRange(new EndTerm(term.Deadline.Rule.Id, term.Deadline.Rule.Source, term.Deadline.Due!.Value, now).Decide(state));
        if (withdrawalAct is not null && Withdraws(state, now) is { } ground)
            events.AddRange(new Withdraw(ground, withdrawalAct, node, now).Decide(state));
        return [.. events];
    }

    // A term is over after its last instant, and instants are kept to the millisecond.
    private static DateTimeOffset? After(DateTimeOffset? due) => due?.AddMilliseconds(1);
}
