using MlatExchange.Domain.Oversight;

namespace MlatExchange.Specs.Oversight;

public sealed class ConsultationSpecs() : Spec<Consultation, OversightEvent>(Consultation.Initial, Consultation.Evolve)
{
    private static readonly OpenConsultation Open = new(PurposeCode.ComplaintHandling, Cast.Inspector, Cast.Hour(0));

    private static readonly ConsultTransfers Consult = new(3, "hmac-sha-256:query", Cast.Inspector, Cast.Hour(1));

    private static OversightEvent Opened => new OversightEvent.ConsultationOpened(PurposeCode.ComplaintHandling, "xa-oversight", Cast.Inspector, Cast.Hour(0));

    private static OversightEvent Consulted =>
        new OversightEvent.TransfersConsulted(PurposeCode.ComplaintHandling, "xa-oversight", 3, "hmac-sha-256:query", Cast.Inspector, Cast.Hour(1));

    [Fact]
    public void An_oversight_body_first_says_why() => Given().When(Open.Decide).Then(Opened);

    [Fact]
    public void Saying_so_again_changes_nothing() => Given(Opened).When(Open.Decide).Then();

    [Fact]
    public void The_purpose_of_a_consultation_does_not_change() =>
        Given(Opened).When((Open with { Purpose = PurposeCode.Statistics }).Decide).Then(NotPermitted(OversightRules.AlreadyOpened));

    [Fact]
    public void A_consultation_is_not_taken_over_by_another_body() =>
        Given(Opened).When((Open with { By = Cast.OtherInspector }).Decide).Then(NotPermitted(OversightRules.AlreadyOpened));

    [Fact]
    public void Each_answer_is_recorded() => Given(Opened).When(Consult.Decide).Then(Consulted);

    [Fact]
    public void The_same_query_again_is_another_consultation_of_the_data() => Given(Opened, Consulted).When(Consult.Decide).Then(Consulted);

    [Fact]
    public void Nothing_is_answered_without_a_purpose() => Given().When(Consult.Decide).Then(NotPermitted(OversightRules.PurposeFirst));

    [Fact]
    public void Another_body_does_not_query_under_this_purpose() =>
        Given(Opened).When((Consult with { By = Cast.OtherInspector }).Decide).Then(NotPermitted(OversightRules.OtherBody));

    [Fact]
    public void Purposes_are_a_closed_set_of_codes()
    {
        Assert.All(Purposes.Codes, code => Assert.NotNull(Purposes.Parse(code)));
        Assert.Contains("lawfulness-verification", Purposes.Codes);
        Assert.Equal(PurposeCode.SelfMonitoring, Purposes.Parse("self-monitoring"));
        Assert.Null(Purposes.Parse("curiosity"));
        Assert.Null(Purposes.Parse("Self-Monitoring"));
        Assert.Null(Purposes.Parse("5"));
    }
}
