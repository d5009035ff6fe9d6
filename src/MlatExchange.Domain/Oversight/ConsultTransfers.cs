namespace MlatExchange.Domain.Oversight;

/// <summary>Records that a query over transfers is answered. Never idempotent: each answer is a consultation of its own (LED 25(1)).</summary>
/// <param name="Count">Rows given out; zero when nothing was found.</param>
/// <param name="Parameters">HMAC of the parameters, <c>hmac-sha-256:...</c>.</param>
public sealed record ConsultTransfers(int Count, string Parameters, Official By, DateTimeOffset At)
{
    public Decision<OversightEvent> Decide(Consultation consultation) => consultation switch
    {
        Consultation.Opened s when s.Body != By.Authority => new NotPermitted(OversightRules.OtherBody),
        Consultation.Opened s => [new OversightEvent.TransfersConsulted(s.Purpose, s.Body, Count, Parameters, By, At)],
        _ => new NotPermitted(OversightRules.PurposeFirst),
    };
}
