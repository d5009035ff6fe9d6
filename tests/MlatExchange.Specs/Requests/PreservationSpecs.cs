using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;
using MlatExchange.Specs.Deadlines;

namespace MlatExchange.Specs.Requests;

/// <summary>A preservation at the requesting side: its status, its extension, and the production that follows.</summary>
public class PreservationSpecs : RequestSpec
{
    private static readonly DeadlineTables Tables = new(Clocks.Rules, Clocks.Calendars);

    private static readonly PreservationTime Time = new(Cast.Hour(1400), Cast.Hour(2100), 30);

    private static readonly RecordPreservationStatus Status = new(Cast.Digest("status"), [new("i1", PreservationStatus.Preserved, Cast.Hour(1400))], Cast.Hour(20));

    private static readonly ExtendPreservation Extend = new(["i1", "i2"], Time, Cast.Signer, Cast.Hour(100));

    private static readonly AnnounceProduction Produce = new(Cast.Digest("production"), ["i1"], Time, Cast.Signer, Cast.Hour(100));

    private static readonly RequestFacts Preserving = Assessments.Facts with { Items = [.. Assessments.Facts.Items.Select(item => item with { Measure = "preserve" })] };

    private static RequestEvent[] ToPreserving =>
        [new RequestEvent.Drafted(Preserving, Thread, Cast.Drafter, Cast.Hour(0)), Assessed(Assessments.Pass with { Deadline = null, Expires = new("EEV 11(1)", Days: 60) }), Approved(Act), Signed, Sent];

    private static RequestEvent Delivered => new RequestEvent.ReceiptRecorded(ReceiptKind.Delivery, Cast.Digest("message"), null, Cast.Hour(5));

    private static RequestEvent Preserved => new RequestEvent.PreservationStatusReceived(Cast.Digest("status"), Status.Items, Cast.Hour(20));

    private static RequestEvent Gone(PreservationStatus status) => new RequestEvent.PreservationStatusReceived(Cast.Digest("gone"), [new("i1", status, null), new("i2", status, null)], Cast.Hour(90));

    private static RequestEvent Extended => new RequestEvent.PreservationExtended(["i1", "i2"], 30, Cast.Signer, Cast.Hour(100));

    private static RequestEvent Announced => new RequestEvent.ProductionAnnounced(Cast.Digest("production"), ["i1"], Cast.Signer, Cast.Hour(100));

    [Fact]
    public void The_status_is_recorded_once_also_when_it_crossed_a_withdrawal()
    {
        Given(ToPreserving).When(Status.Decide).Then(Preserved);
        Given([.. ToPreserving, Preserved]).When(Status.Decide).Then();
        Given([.. ToPreserving, Withdrawn]).When(Status.Decide).Then(Preserved);
        Given(ToPreserving).When((Status with { Items = [new("i9", PreservationStatus.Preserved, null)] }).Decide).Then(NotPermitted(RequestRules.NoSuchItem));
        Given([.. ToPreserving, Withdrawn, Closed]).When(Status.Decide).Then(NotPermitted(RequestRules.IsClosed));
        Given(ToPreserving[..3]).When(Status.Decide).Then(NotPermitted(RequestRules.SignatureFirst));
    }

    [Fact]
    public void What_is_preserved_or_not_spoken_of_yet_is_extended_once()
    {
        Given([.. ToPreserving, Preserved]).When(Extend.Decide).Then(Extended);
        Given(ToPreserving).When(Extend.Decide).Then(Extended);
        Given([.. ToPreserving, Extended]).When(Extend.Decide).Then();
    }

    [Fact]
    public void Nothing_is_extended_that_the_instrument_does_not_know_or_that_is_over()
    {
        Given(ToPreserving).When((Extend with { Time = Time with { Days = null } }).Decide).Then(NotPermitted(RequestRules.ExtensionNotForeseen));
        Given(ToPreserving).When((Extend with { At = Cast.Hour(1400.01) }).Decide).Then(NotPermitted(RequestRules.PreservationOver));
        Given([.. ToPreserving, Gone(PreservationStatus.Expired)]).When(Extend.Decide).Then(NotPermitted(RequestRules.PreservationOver));
        Given([.. ToPreserving, Gone(PreservationStatus.NotPossible)]).When(Extend.Decide).Then(NotPermitted(RequestRules.PreservationOver));
        Given([.. ToPreserving, Withdrawn]).When(Extend.Decide).Then(NotPermitted(RequestRules.WasWithdrawn));
    }

    [Fact]
    public void Only_the_issuing_authority_extends_and_only_what_is_to_be_preserved()
    {
        Given(ToPreserving).When((Extend with { By = Cast.ForeignSigner }).Decide).Then(NotPermitted(RequestRules.IssuingAuthorityOnly));
        Given(ToPreserving).When((Extend with { Items = ["i9"] }).Decide).Then(NotPermitted(RequestRules.NoSuchItem));
        Given(ToSending).When(Extend.Decide).Then(NotPermitted(RequestRules.NotToBePreserved));
    }

    [Fact]
    public void Production_that_was_asked_for_keeps_the_data()
    {
        Given([.. ToPreserving, Preserved]).When(Produce.Decide).Then(Announced);
        Given([.. ToPreserving, Preserved, Announced]).When(Produce.Decide).Then();
        Given([.. ToPreserving, Preserved]).When((Produce with { Production = null }).Decide).Then(NotPermitted(RequestRules.ProductionFirst));
        Given([.. ToPreserving, Gone(PreservationStatus.Expired)]).When(Produce.Decide).Then(NotPermitted(RequestRules.PreservationOver));
        Given([.. ToPreserving, Withdrawn]).When(Produce.Decide).Then(NotPermitted(RequestRules.WasWithdrawn));
    }

    [Fact]
    public void Only_a_request_that_was_sent_there_and_produces_something_follows_a_preservation()
    {
        var preserving = (AssistanceRequest.Sent)AssistanceRequest.Fold(ToPreserving);
        Assert.Equal(ActDigest, AnnounceProduction.Of(AssistanceRequest.Fold(ToSending), preserving));
        Assert.Null(AnnounceProduction.Of(AssistanceRequest.Fold(ToPreserving), preserving));
        Assert.Null(AnnounceProduction.Of(AssistanceRequest.Fold(ToApproval), preserving));
        var elsewhere = new RequestEvent.Drafted(Assessments.Facts with { Addressee = new("XC", "xc-central") }, Thread, Cast.Drafter, Cast.Hour(0));
        Assert.Null(AnnounceProduction.Of(AssistanceRequest.Fold([elsewhere, .. ToSending[1..]]), preserving));
    }

    [Fact]
    public void While_data_are_preserved_the_request_stays_open_unless_production_follows()
    {
        var close = new CloseRequest(0, Cast.Holder, Cast.Hour(9));
        RequestEvent decided = new RequestEvent.DecisionReceived(
            Cast.Digest("decision"), [new("i1", ItemOutcome.Recognised, null, null, []), new("i2", ItemOutcome.Recognised, null, null, [])], Cast.Hour(7));
        Given([.. ToPreserving, decided, Preserved]).When(close.Decide).Then(NotPermitted(RequestRules.PreservationRuns));
        Given([.. ToPreserving, decided, Preserved, Announced]).When(close.Decide).Then(Closed);
        Given([.. ToPreserving, decided, Preserved, Gone(PreservationStatus.Expired)]).When(close.Decide).Then(Closed);
    }

    [Fact]
    public void The_term_grows_by_the_extension_and_is_met_when_production_follows()
    {
        var plain = Term([.. ToPreserving, Delivered]);
        Assert.Equal((60, false), (plain.Deadline.Amount, plain.Deadline.Extended));
        var longer = Term([.. ToPreserving, Delivered, Extended]);
        Assert.Equal((90, true), (longer.Deadline.Amount, longer.Deadline.Extended));
        Assert.True(longer.Deadline.Due > plain.Deadline.Due);
        Assert.Equal(Cast.Hour(100), Term([.. ToPreserving, Delivered, Announced]).Met);
    }

    private static CaseTerm Term(RequestEvent[] history) => RequestTerms.Of(AssistanceRequest.Fold(history), Tables).Single(term => term.Deadline.Rule.Id == "eev-preservation");
}
