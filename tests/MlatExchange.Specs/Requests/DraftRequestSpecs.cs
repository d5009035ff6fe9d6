using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public sealed class DraftRequestSpecs : RequestSpec
{
    private static readonly DraftRequest Draft = new(Assessments.Facts, Thread, Cast.Drafter, Cast.Hour(0));

    [Fact]
    public void A_request_begins_as_a_draft() => Given().When(Draft.Decide).Then(Drafted);

    [Fact]
    public void The_same_draft_again_changes_nothing() => Given(Drafted).When(Draft.Decide).Then();

    [Fact]
    public void The_same_draft_again_after_its_assessment_changes_nothing() => Given(Drafted, Assessed(Assessments.Pass)).When(Draft.Decide).Then();

    [Fact]
    public void Another_draft_does_not_replace_the_first() =>
        Given(Drafted).When((Draft with { Thread = "thread-2" }).Decide).Then(NotPermitted(RequestRules.AlreadyDrafted));

    [Fact]
    public void What_was_revised_is_not_drafted_again() => Given(Drafted, Revised).When(Draft.Decide).Then(NotPermitted(RequestRules.AlreadyDrafted));
}
