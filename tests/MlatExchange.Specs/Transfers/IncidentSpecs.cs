using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

public sealed class IncidentSpecs() : UseSpec(Holder)
{
    private static readonly ReportIncident Lost = new(Notice, IncidentKind.Loss, ["e1"], Cast.Holder, Cast.Hour(20));

    private static UseEvent Reported => new UseEvent.IncidentReported(Notice, IncidentKind.Loss, ["e1"], Cast.Holder, Cast.Hour(20));

    private static UseEvent Noticed => new UseEvent.IncidentNoticed(Notice, IncidentKind.UnlawfulTransfer, ["e1"], Cast.Hour(20));

    private static UseEvent Lifted => new UseEvent.ContainmentLifted(Notice, Cast.Signer, Cast.Hour(25));

    [Fact]
    public void A_loss_is_reported() => Given().When(Lost.Decide).Then(Reported);

    [Fact]
    public void Only_items_of_the_transfer_are_lost() => Given().When((Lost with { Items = ["e3"] }).Decide).Then(NotPermitted(TransferRules.NoSuchItem));

    [Fact]
    public void From_the_report_on_keys_are_withheld() => Given().When(Lost.Decide).ThenState(Keys, "keys withheld");

    [Fact]
    public void From_the_other_sides_notice_on_keys_are_withheld_here_too() =>
        Given().When(new NoteIncident(Notice, IncidentKind.UnlawfulTransfer, ["e1"], Cast.Hour(20)).Decide).Then(Noticed);

    [Fact]
    public void A_notice_is_never_in_vain_because_of_an_item_unknown_here() =>
        Given().When(new NoteIncident(Notice, IncidentKind.UnlawfulTransfer, ["e1", "e9"], Cast.Hour(20)).Decide).Then(Noticed);

    [Fact]
    public void The_same_notice_again_changes_nothing() => Given(Noticed).When(new NoteIncident(Notice, IncidentKind.UnlawfulTransfer, ["e1"], Cast.Hour(21)).Decide).Then();

    [Fact]
    public void A_named_official_lifts_it() => Given(Reported).When(new LiftContainment(Notice, Cast.Signer, Cast.Hour(25)).Decide).Then(Lifted);

    [Fact]
    public void Then_keys_flow_again() => Given(Reported).When(new LiftContainment(Notice, Cast.Signer, Cast.Hour(25)).Decide).ThenState(Keys, "keys flow");

    [Fact]
    public void While_a_second_incident_stands_they_do_not() =>
        Given(Reported, new UseEvent.IncidentNoticed(Cast.Digest("second"), IncidentKind.Breach, [], Cast.Hour(21))).When(new LiftContainment(Notice, Cast.Signer, Cast.Hour(25)).Decide).ThenState(Keys, "keys withheld");

    [Fact]
    public void Lifted_once_is_lifted() => Given(Reported, Lifted).When(new LiftContainment(Notice, Cast.Signer, Cast.Hour(26)).Decide).Then();

    [Fact]
    public void What_was_not_reported_is_not_lifted() => Given().When(new LiftContainment(Notice, Cast.Signer, Cast.Hour(25)).Decide).Then(NotPermitted(UseRules.NoSuchIncident));

    private static string Keys(TransferUse use) => use.Withheld is null ? "keys flow" : "keys withheld";
}
