namespace MlatExchange.Domain.Oversight;

/// <summary>An oversight body declares why it looks. The justification goes to the vault in the same append. The body is the official's authority.</summary>
public sealed record OpenConsultation(PurposeCode Purpose, Official By, DateTimeOffset At)
{
    public Decision<OversightEvent> Decide(Consultation consultation) => consultation switch
    {
        Consultation.NotOpened => [new OversightEvent.ConsultationOpened(Purpose, By.Authority, By, At)],
        Consultation.Opened s when s.Purpose == Purpose && s.Body == By.Authority => [],
        _ => new NotPermitted(OversightRules.AlreadyOpened),
    };
}
