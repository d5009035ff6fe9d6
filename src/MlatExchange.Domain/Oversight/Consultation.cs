namespace MlatExchange.Domain.Oversight;

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

/// <summary>A consultation: one purpose of one body, under which queries are made.</summary>
public abstract record Consultation
{
    private Consultation()
    {
    }

    /// <summary>Before the first event.</summary>
    public static Consultation Initial { get; } = new NotOpened();

    /// <summary>The state after <paramref name="events"/>.</summary>
    public static Consultation Fold(IEnumerable<OversightEvent> events) => events.Aggregate(Initial, Evolve);

    /// <summary>The state after one more event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow: the stream was not written by this code.</exception>
    public static Consultation Evolve(Consultation state, OversightEvent happened) => (state, happened) switch
    {
        (NotOpened, OversightEvent.ConsultationOpened e) => new Opened(e.Purpose, e.Body, 0),
        (Opened s, OversightEvent.TransfersConsulted) => s with { Queries = s.Queries + 1 },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot follow {state.GetType().Name}."),
    };

    /// <summary>No such consultation.</summary>
    public sealed record NotOpened : Consultation;

    /// <summary>Queries may be made by officials of the body.</summary>
    public sealed record Opened(PurposeCode Purpose, string Body, int Queries) : Consultation;
}
