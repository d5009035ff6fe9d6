namespace MlatExchange.Domain.Oversight;

/// <summary>Why an oversight body looks: the closed set that a <c>Purpose-Code</c> may carry (LED 25(2), 46(1)).</summary>
public enum PurposeCode
{
    /// <summary>Is the processing lawful (LED 25(2), 46(1)(a)).</summary>
    LawfulnessVerification,

    /// <summary>A person complained or exercises rights through the body (LED 17, 46(1)(f)).</summary>
    ComplaintHandling,

    /// <summary>Integrity and security of the data (LED 25(2)).</summary>
    IntegrityAndSecurity,

    /// <summary>An inquiry on the body's own motion (LED 46(1)(i)).</summary>
    OwnInitiativeInquiry,

    /// <summary>The authority checks itself (LED 25(2)).</summary>
    SelfMonitoring,

    /// <summary>Criminal proceedings about the use of the system (LED 25(2)).</summary>
    CriminalProceedings,

    /// <summary>Statistics and annual report (LED 49, EEV 28(2)).</summary>
    Statistics,
}

/// <summary>What an oversight body looked at. Stream <c>consultation-{uuid}</c>. The justification is in the vault under a key of the day kept 90 days.</summary>
public abstract record OversightEvent
{
    private OversightEvent()
    {
    }

    /// <summary>Name of the stream of the consultation <paramref name="id"/>.</summary>
    public static string StreamName(Guid id) => $"consultation-{id:D}";

    /// <summary>A purpose was declared for the queries that follow.</summary>
    /// <param name="Body">Code of the oversight body in the trust list.</param>
    [EventName("consultation.opened.v1", "consultation")]
    public sealed record ConsultationOpened(PurposeCode Purpose, string Body, Official By, DateTimeOffset At) : OversightEvent;

    /// <summary>A query over transfers was answered, also when it found nothing.</summary>
    /// <param name="Count">Rows given out.</param>
    /// <param name="Parameters">HMAC of the query's parameters under the key of the day, <c>hmac-sha-256:...</c>: a bare digest of so few values could be guessed.</param>
    [EventName("consultation.transfers-consulted.v1", "consultation")]
    public sealed record TransfersConsulted(PurposeCode Purpose, string Body, int Count, string Parameters, Official By, DateTimeOffset At) : OversightEvent;
}
