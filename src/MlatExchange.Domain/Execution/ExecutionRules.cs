namespace MlatExchange.Domain.Execution;

/// <summary>Rules of procedure on the requested side. A broken one is a 409 with the slug.</summary>
public static class ExecutionRules
{
    public static readonly Rule NotReceived = new("not-received", "There is no such request.", "design");

    public static readonly Rule ActAlreadyReceived = new("act-already-received", "Another act opened this request already.", "design");

    public static readonly Rule ValidationNotExpected = new("validation-not-expected", "This request asks for no validation.", "EEV 4");

    public static readonly Rule ValidationOfOtherAct = new("validation-of-other-act", "The validation names another act.", "EEV 4");

    public static readonly Rule AlreadyValidated = new("already-validated", "The validating authority has said the opposite already.", "EEV 4");

    public static readonly Rule IsHeld = new("held-for-validation", "The request asks to be validated before it is executed, and no valid validation has come: it can only be refused.", "EEV 4(1)-(3)");

    public static readonly Rule ValidationWasRefused = new("validation-was-refused", "The sender's validating authority refused: the request can only be refused.", "EEV 4(5)");

    public static readonly Rule NoSuchItem = new("no-such-item", "The request has no such item, or it is named twice.", "design");

    public static readonly Rule NothingDecided = new("nothing-decided", "A decision names at least one item.", "design");

    public static readonly Rule GroundFirst = new("ground-first", "Postponing needs a ground; refusing needs a ground and the article it rests on.", "EIO 11, 15; EEV 12; BC 27(4)-(6)");

    public static readonly Rule ConditionsFirst = new("conditions-first", "Recognising with conditions names them; any other outcome has none.", "EEV 12(4), BC 28(2)");

    public static readonly Rule AlreadyDecided = new("already-decided", "The item was decided; only a postponed item can be decided again.", "design");

    public static readonly Rule DecisionFirst = new("decision-first", "At least one item must be recognised first.", "EIO 9(1)");

    public static readonly Rule ExecutionFirst = new("execution-first", "The execution must have started first.", "design");

    public static readonly Rule DecisionsOpen = new("decisions-open", "Items wait for a decision, or were postponed.", "design");

    public static readonly Rule WasWithdrawn = new("was-withdrawn", "The sender withdrew the request.", "EEV 10(7), 12(2)");

    public static readonly Rule WithdrawalOfOtherAct = new("withdrawal-of-other-act", "The withdrawal names another act.", "EEV 10(7), 12(2)");

    public static readonly Rule IsCompleted = new("is-completed", "The execution is completed.", "design");

    public static readonly Rule IsClosed = new("is-closed", "The request is closed.", "design");

    public static readonly Rule TransfersOpen = new("transfers-open", "Evidence is prepared, on offer or with the other side, and its destruction is not certified.", "design");

    public static readonly Rule TermRuns = new("term-runs", "The term has not run out, or its duty was met.", "design");

    public static readonly Rule ClarificationOpen = new("clarification-open", "A question was put to the sender and is not answered.", "EEV 10(6)");

    public static readonly Rule NoSuchAuthority = new("no-such-authority", "This jurisdiction has no such authority.", "EIO 7(6), 16(1)");

    public static readonly Rule DecidedHere = new("decided-here", "An authority that has decided deals with the request itself.", "EIO 7(6), 16(1)");

    public static readonly Rule DelayIntoThePast = new("delay-into-the-past", "The new date must lie ahead.", "EIO 12(5)-(6)");

    public static readonly Rule NothingOwed = new("nothing-owed", "Neither a decision nor a result is owed, so none can be late.", "EIO 12(5)-(6)");

    public static readonly Rule NotToBePreserved = new("not-to-be-preserved", "The item is not to be preserved but to be produced.", "EEV 6, BC 29");

    public static readonly Rule PreservationOver = new("preservation-over", "The time of the preservation is over, or the data were let go.", "EEV 11(1), BC 29(7)");

    public static readonly Rule PreservationRuns = new("preservation-runs", "Data are still preserved for the sender.", "EEV 11(1), BC 29(7)");

    public static readonly Rule ObjectionNotForeseen = new("objection-not-foreseen", "No authority was to be notified of this request, so none may object: refuse it instead.", "EEV 8, 12");

    public static readonly Rule ObjectionTooLate = new("objection-too-late", "The time in which a ground for refusal may be raised is over.", "EEV 12(1)");

    public static readonly Rule ConflictTooLate = new("conflict-too-late", "The time in which a conflict with the law of a third country may be raised is over.", "EEV 17(2)");

    public static readonly Rule ObjectionStands = new("objection-stands", "An objection stands: the request can only be refused.", "EEV 12(1)");

    /// <summary>What the present stage asks for, when the command does not belong to it.</summary>
    internal static NotPermitted OutOfOrder(ReceivedRequest state) => new(state switch
    {
        ReceivedRequest.NotReceived => NotReceived,
        ReceivedRequest.Closed => IsClosed,
        ReceivedRequest.WithdrawnBySender => WasWithdrawn,
        ReceivedRequest.Completed => IsCompleted,
        ReceivedRequest.Decided => ExecutionFirst,
        _ => DecisionFirst,
    });
}
