namespace MlatExchange.Domain.Execution;

/// <summary>
/// The executing authority says what is preserved and until when, or that it cannot be (EEV 11(1), BC 29(7)). Preserving is executing: the item must be recognised. That
/// something cannot be preserved may be said at any time.
/// </summary>
/// <param name="Items">Each at most once.</param>
/// <param name="Time">The time that the instrument gives it; null where it knows no preservation.</param>
public sealed record ReportPreservation(IReadOnlyList<PreservationAnswer> Items, PreservationTime? Time, Official By, DateTimeOffset At)
{
    public Decision<ExecutionEvent> Decide(ReceivedRequest state)
    {
        if (state is not ReceivedRequest.InHand s || state is ReceivedRequest.WithdrawnBySender or ReceivedRequest.Closed) return ExecutionRules.OutOfOrder(state);
        if (Items.Count == 0) return new NotPermitted(ExecutionRules.NothingDecided);
        if (Items.Any(item => s.Dossier.Received.Facts.Items.All(asked => asked.Ref != item.Ref))) return new NotPermitted(ExecutionRules.NoSuchItem);
        if (Time is null || Items.Any(item => s.Dossier.Received.Facts.Items.First(asked => asked.Ref == item.Ref).Measure != "preserve"))
            return new NotPermitted(ExecutionRules.NotToBePreserved);
        if (Items.Any(item => item.Preserved && !s.Decisions.IsRecognised(item.Ref))) return new NotPermitted(ExecutionRules.DecisionFirst);
        if (s.Dossier.Objection is not null && Items.Any(item => item.Preserved)) return new NotPermitted(ExecutionRules.ObjectionStands);
        if (Ended(s.Dossier.Preservation)) return new NotPermitted(ExecutionRules.PreservationOver);
        var held = s.Dossier.Preservation.ExtendedAt is null ? PreservationStatus.Preserved : PreservationStatus.Extended;
        var fresh = Items.OrderBy(item => item.Ref, StringComparer.Ordinal)
            .Select(item => new PreservedItem(item.Ref, item.Preserved ? held : PreservationStatus.NotPossible, item.Preserved ? Time.Until : null))
            .Where(item => s.Dossier.Preservation.Items.GetValueOrDefault(item.Ref) != item).ToList();
        return fresh.Count == 0 ? [] : [new ExecutionEvent.PreservationReported(fresh, By, At)];
    }

    private bool Ended(Preservation preservation) =>
        (Time!.IsOver(At) && preservation.ProductionAt is null)
        || Items.Any(item => preservation.Items.GetValueOrDefault(item.Ref)?.Status is PreservationStatus.Expired or PreservationStatus.Released);
}

/// <summary>Whether an item is preserved.</summary>
public sealed record PreservationAnswer(string Ref, bool Preserved);
