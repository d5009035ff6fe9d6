using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Requests;
using MlatExchange.Specs.Deadlines;

namespace MlatExchange.Specs.Requests;

/// <summary>The executing side asks, the issuing authority answers; out of order, twice and crossing have a defined end.</summary>
public class ClarificationSpecs : RequestSpec
{
    private static readonly RecordClarificationRequest Question = new(Cast.Digest("question"), ["i2"], Cast.Hour(10));

    private static readonly AnswerClarification Answer = new(Cast.Signer, Cast.Hour(60));

    private static readonly RequestEvent Delivered = new RequestEvent.ReceiptRecorded(ReceiptKind.Delivery, Cast.Digest("message"), null, Cast.Hour(5));

    private static RequestEvent Asked => new RequestEvent.ClarificationAsked(Cast.Digest("question"), ["i2"], Cast.Hour(10));

    private static RequestEvent Answered => new RequestEvent.ClarificationAnswered(Cast.Digest("question"), Cast.Signer, Cast.Hour(60));

    [Fact]
    public void A_question_is_recorded_once_also_when_it_crossed_a_withdrawal()
    {
        Given(ToSending).When(Question.Decide).Then(Asked);
        Given([.. ToSending, Asked]).When(Question.Decide).Then();
        Given([.. ToSending, Withdrawn]).When(Question.Decide).Then(Asked);
        Given([.. ToSending, Withdrawn, Closed]).When(Question.Decide).Then(NotPermitted(RequestRules.IsClosed));
        Given(ToApproval).When(Question.Decide).Then(NotPermitted(RequestRules.SignatureFirst));
    }

    [Fact]
    public void The_issuing_authority_answers_what_was_asked_and_nothing_else()
    {
        Given([.. ToSending, Asked]).When(Answer.Decide).Then(Answered);
        Given(ToSending).When(Answer.Decide).Then(NotPermitted(RequestRules.NothingAsked));
        Given([.. ToSending, Asked, Answered]).When(Answer.Decide).Then(NotPermitted(RequestRules.NothingAsked));
        Given([.. ToSending, Asked]).When((Answer with { By = Cast.ForeignSigner }).Decide).Then(NotPermitted(RequestRules.IssuingAuthorityOnly));
        Given([.. ToSending, Asked, Withdrawn]).When(Answer.Decide).Then(NotPermitted(RequestRules.WasWithdrawn));
    }

    [Fact]
    public void While_a_question_is_open_production_is_not_due_and_the_answer_is()
    {
        var tables = new DeadlineTables(Clocks.Rules, Clocks.Calendars);
        IReadOnlyList<CaseTerm> Terms(params RequestEvent[] more) => RequestTerms.Of(AssistanceRequest.Fold([.. ToSending, Delivered, .. more]), tables);
        var open = Terms(Asked);
        Assert.Null(open.Single(t => t.Deadline.Rule.Id == "eev-production").Deadline.Due);
        Assert.Equal(Cast.Hour(10), open.Single(t => t.Deadline.Rule.Id == "eev-production").Deadline.StoppedSince);
        // Asked on Monday 1 June 2026, five days to Saturday, so until Monday 8 June in XA.
        Assert.Equal(Clocks.At("2026-06-08T22:00Z"), open.Single(t => t.Deadline.Rule.Id == "eev-clarification").Deadline.Due);
        // Three days of the first ten stood still: 1 June is not counted anyway, 2 and 3 June are left out.
        Assert.Equal(Clocks.At("2026-06-15T21:00Z"), Terms(Asked, Answered).Single(t => t.Deadline.Rule.Id == "eev-production").Deadline.Due);
        Assert.Equal(Clocks.At("2026-06-11T21:00Z"), Terms().Single(t => t.Deadline.Rule.Id == "eev-production").Deadline.Due);
    }
}
