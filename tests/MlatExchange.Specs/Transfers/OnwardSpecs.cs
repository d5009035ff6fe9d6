using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

public sealed class RequestOnwardSpecs() : UseSpec(Holder)
{
    private static readonly RequestOnward Ask = new(Asked, ["e1"], Xc, Purpose, "XA", "XB", Cast.Holder, Cast.Hour(30));

    private static readonly ReceiveOnwardDecision Answer = new(Asked, Cast.Digest("onward-decision"), ["e1"], OnwardOutcome.Granted, ["Confidential"], Cast.Hour(40));

    private static UseEvent Granted => new UseEvent.OnwardDecisionReceived(Asked, Cast.Digest("onward-decision"), OnwardOutcome.Granted, ["Confidential"], Cast.Hour(40));

    [Fact]
    public void While_a_remedy_suspends_nothing_is_asked_for() =>
        Given(new UseEvent.RemedyNoticed(Cast.Digest("remedy-lodged"), "p1", true, "EEV 18", Cast.Hour(20))).When(Ask.Decide).Then(NotPermitted(UseRules.RemedyStands));

    [Fact]
    public void What_the_supplier_ordered_to_be_destroyed_is_not_asked_for() =>
        Given(new UseEvent.DestructionDemandReceived(Cast.Digest("destruction-order"), MlatExchange.Domain.Retention.ErasureGround.Objection, "EEV 12(1)", Cast.Hour(20), Cast.Hour(20)))
            .When(Ask.Decide).Then(NotPermitted(UseRules.ToBeDestroyed));

    [Fact]
    public void The_holder_asks_before_it_passes_on() => Given().When(Ask.Decide).Then(Requested);

    [Fact]
    public void What_the_supplier_ruled_out_is_not_asked() => Given().When((Ask with { Items = ["e1", "e2"] }).Decide).Then(NotPermitted(UseRules.NoOnward));

    [Fact]
    public void Going_back_is_no_onward_transfer() => Given().When((Ask with { To = new("XB") }).Decide).Then(NotPermitted(UseRules.NotOnward));

    [Fact]
    public void Staying_at_home_is_no_onward_transfer() => Given().When((Ask with { To = new("XA", "xa-police") }).Decide).Then(NotPermitted(UseRules.NotOnward));

    [Fact]
    public void The_same_is_not_asked_twice_at_once() => Given(Requested).When((Ask with { Asked = Cast.Digest("other") }).Decide).Then(NotPermitted(UseRules.OnwardPending));

    [Fact]
    public void Another_recipient_is_another_question() => Given(Requested).When((Ask with { Asked = Cast.Digest("other"), To = new("XD") }).Decide).Then(
        new UseEvent.OnwardRequested(Cast.Digest("other"), ["e1"], new("XD"), Purpose, Cast.Holder, Cast.Hour(30)));

    [Fact]
    public void While_an_incident_stands_nothing_is_asked_for() => Given(new UseEvent.IncidentNoticed(Notice, IncidentKind.Breach, [], Cast.Hour(20))).When(Ask.Decide).Then(NotPermitted(UseRules.Contained));

    [Fact]
    public void The_holder_does_not_consent_to_its_own_question() =>
        Given(Requested).When(new DecideOnward(Asked, Cast.Digest("own"), OnwardOutcome.Granted, [], Cast.Signer, Cast.Hour(31)).Decide).Then(NotPermitted(UseRules.SupplierOnly));

    [Fact]
    public void The_answer_arrives() => Given(Requested).When(Answer.Decide).Then(Granted);

    [Fact]
    public void The_same_answer_again_changes_nothing() => Given(Requested, Granted).When(Answer.Decide).Then();

    [Fact]
    public void A_second_answer_does_not_replace_the_first() => Given(Requested, Granted).When((Answer with { ActDigest = Cast.Digest("second") }).Decide).Then(NotPermitted(UseRules.OnwardDecidedAlready));

    [Fact]
    public void An_answer_to_a_question_never_asked_is_none() => Given().When(Answer.Decide).Then(NotPermitted(UseRules.NotAsked));

    [Fact]
    public void An_answer_about_other_items_is_none() => Given(Requested).When((Answer with { Items = ["e1", "e2"] }).Decide).Then(NotPermitted(UseRules.NotAsked));
}

public sealed class DecideOnwardSpecs() : UseSpec(Supplier)
{
    private static readonly DecideOnward Grant = new(Asked, Cast.Digest("onward-decision"), OnwardOutcome.Granted, ["Confidential"], Cast.Supplier, Cast.Hour(35));

    private static UseEvent Granted => new UseEvent.OnwardDecided(Asked, Cast.Digest("onward-decision"), OnwardOutcome.Granted, ["Confidential"], Cast.Supplier, Cast.Hour(35));

    [Fact]
    public void The_question_arrives() => Given().When(new ReceiveOnwardRequest(Asked, ["e1"], Xc, Purpose, Cast.Hour(30)).Decide).Then(QuestionArrived);

    [Fact]
    public void A_node_that_asks_what_was_ruled_out_is_refused() => Given().When(new ReceiveOnwardRequest(Asked, ["e2"], Xc, Purpose, Cast.Hour(30)).Decide).Then(NotPermitted(UseRules.NoOnward));

    [Fact]
    public void The_supplying_authority_consents_under_conditions() => Given(QuestionArrived).When(Grant.Decide).Then(Granted);

    [Fact]
    public void The_supplying_authority_refuses() => Given(QuestionArrived).When((Grant with { Outcome = OnwardOutcome.Refused, Conditions = [] }).Decide).Then(
        new UseEvent.OnwardDecided(Asked, Cast.Digest("onward-decision"), OnwardOutcome.Refused, [], Cast.Supplier, Cast.Hour(35)));

    [Fact]
    public void A_refusal_has_no_conditions() => Given(QuestionArrived).When((Grant with { Outcome = OnwardOutcome.Refused }).Decide).Then(NotPermitted(UseRules.ConditionsOfRefusal));

    [Fact]
    public void What_was_decided_stands() => Given(QuestionArrived, Granted).When((Grant with { Outcome = OnwardOutcome.Refused, Conditions = [] }).Decide).Then(NotPermitted(UseRules.OnwardDecidedAlready));

    [Fact]
    public void The_same_decision_again_changes_nothing() => Given(QuestionArrived, Granted).When(Grant.Decide).Then();

    [Fact]
    public void What_was_not_asked_is_not_decided() => Given().When(Grant.Decide).Then(NotPermitted(UseRules.NotAsked));

    [Fact]
    public void The_supplier_asks_nobody() =>
        Given().When(new RequestOnward(Asked, ["e1"], Xc, Purpose, "XB", "XA", Cast.Supplier, Cast.Hour(30)).Decide).Then(NotPermitted(UseRules.HolderOnly));
}
