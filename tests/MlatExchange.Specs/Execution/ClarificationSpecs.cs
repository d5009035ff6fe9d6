using MlatExchange.Domain.Execution;

namespace MlatExchange.Specs.Execution;

/// <summary>One question at a time; an answer that nothing waits for changes nothing.</summary>
public class ClarificationSpecs : ExecutionSpec
{
    private static readonly AskClarification Question = new(["i2"], Cast.Prosecutor, Cast.Hour(10));

    private static readonly ReceiveClarification Answer = new(Cast.Digest("answer"), Cast.Hour(60));

    private static ExecutionEvent Asked => new ExecutionEvent.ClarificationAsked(["i2"], Cast.Prosecutor, Cast.Hour(10));

    private static ExecutionEvent Answered => new ExecutionEvent.ClarificationReceived(Cast.Digest("answer"), Cast.Hour(60));

    [Fact]
    public void One_question_is_open_at_a_time_and_is_about_items_of_the_request()
    {
        Given(ToDecision).When(Question.Decide).Then(Asked);
        Given([.. ToDecision, Asked]).When(Question.Decide).Then(NotPermitted(ExecutionRules.ClarificationOpen));
        Given([.. ToDecision, Asked, Answered]).When(Question.Decide).Then(Asked);
        Given(ToDecision).When((Question with { Items = ["i9"] }).Decide).Then(NotPermitted(ExecutionRules.NoSuchItem));
        Given([.. ToDecision, Withdrawn]).When(Question.Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));
    }

    [Fact]
    public void An_answer_ends_the_question_and_one_unasked_or_twice_changes_nothing()
    {
        Given([.. ToDecision, Asked]).When(Answer.Decide).Then(Answered);
        Given([.. ToDecision, Asked, Withdrawn]).When(Answer.Decide).Then(Answered);
        Given(ToDecision).When(Answer.Decide).Then();
        Given([.. ToDecision, Asked, Answered]).When(Answer.Decide).Then();
        Given().When(Answer.Decide).Then(NotPermitted(ExecutionRules.NotReceived));
    }
}
