namespace MlatExchange.Domain.Execution;

/// <summary>What the sender's words about a preservation share: whom they can concern, and when they come too late.</summary>
internal static class PreservationWord
{
    /// <param name="denial">Why the word has no effect although the preservation runs; null where it has.</param>
    /// <param name="granted">What is written where it has.</param>
    public static Decision<ExecutionEvent> Take(
        ReceivedRequest state, string messageDigest, IReadOnlyList<string> items, PreservationTime? time, DateTimeOffset at, Func<Preservation, PreservationDenial?> denial, ExecutionEvent granted)
    {
        if (state is not ReceivedRequest.InHand s || state is ReceivedRequest.Closed) return ExecutionRules.OutOfOrder(state);
        if (items.Any(item => s.Dossier.Received.Facts.Items.All(asked => asked.Ref != item))) return new NotPermitted(ExecutionRules.NoSuchItem);
        if (time is null || items.Any(item => s.Dossier.Received.Facts.Items.First(asked => asked.Ref == item).Measure != "preserve"))
            return new NotPermitted(ExecutionRules.NotToBePreserved);
        var preservation = s.Dossier.Preservation;
        if (preservation.Heard.Contains(messageDigest)) return [];
        var over = time.IsOver(at) && preservation.ProductionAt is null;
        var no = state is ReceivedRequest.WithdrawnBySender ? PreservationDenial.Released
            : over ? PreservationDenial.Expired
            : preservation.MayRun(items) ? denial(preservation)
            : items.Any(item => preservation.Items[item].Status == PreservationStatus.Expired) ? PreservationDenial.Expired
            : PreservationDenial.NotPossible;
        if (no is not { } ground) return [granted];
        var denied = new ExecutionEvent.PreservationDenied(messageDigest, ground, items, at);
        // The timer may be a moment behind: what is over is said to be over before the no.
        return over && preservation.Running is { Count: > 0 } running ? [new ExecutionEvent.PreservationEnded(PreservationStatus.Expired, running, at), denied] : [denied];
    }
}
