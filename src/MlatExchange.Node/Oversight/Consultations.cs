using System.Text;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Oversight;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Oversight;

/// <summary>What the leaf of a consultation says for ever: who looked, why, and how much was given out (a count below 10 is committed to instead).</summary>
/// <param name="Body">Code of the oversight body.</param>
public sealed record ConsultationCodes(string Body, string Purpose, int? Count = null) : ClearCodes;

/// <summary>A query as it was recorded before it was answered.</summary>
/// <param name="Consultation">The consultation it belongs to.</param>
/// <param name="Id">Id of its event: every copy of the answer carries it, and the log has its leaf.</param>
public sealed record RecordedQuery(Guid Consultation, Guid Id);

/// <summary>
/// Records what oversight looks at before it sees it (LED 25). Justification and parameters go to the vault under the key of the day; events and leaves have the
/// purpose, the body, the count and an HMAC of the parameters.
/// </summary>
public sealed class Consultations(Journal journal, Recorder recorder, KeyStore keys, Pseudonyms pseudonyms, TimeProvider time)
{
    /// <summary>Least count that stays readable for ever.</summary>
    public const int SmallestClearCount = 10;

    /// <summary>Names the recorded query in every answer: the watermark of what was given out.</summary>
    public const string QueryHeader = "Query";

    public static string JustificationOf(Guid consultation) => $"consultation/{consultation}/justification";

    /// <param name="version">Version of the consultation's stream at which the query stands.</param>
    public static string ParametersOf(Guid consultation, long version) => $"consultation/{consultation}/parameters/{version}";

    /// <summary>Parameters as given, and one more that the route itself adds: what is kept of the query.</summary>
    public static IReadOnlyDictionary<string, string> Asked(IReadOnlyDictionary<string, string> given, string name, string value) =>
        new SortedDictionary<string, string>(given.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) { [name] = value };

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Opens a consultation: 201 with its id.</summary>
    public Task<IResult> Open(HttpContext http, PurposeCode purpose, string justification)
    {
        var id = Guid.CreateVersion7();
        return journal.Run(() =>
        {
            var day = Effects.DayKey(time);
            var by = pseudonyms.Acting(day, Caller.Of(http.User), Role.Oversight);
            var decision = new OpenConsultation(purpose, by, Now).Decide(Consultation.Initial);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var group = journal.Begin(day).Seal(JustificationOf(id), Encoding.UTF8.GetBytes(justification));
            Add(group, OversightEvent.StreamName(id), 0, decision.Events, by);
            return Task.FromResult(Attempt.Write(group, 0, _ =>
            {
                http.Response.Headers.Location = $"/api/oversight/consultations/{id}";
                return Results.Json(new { consultation = id, purpose = EnumCode.Of(purpose) }, statusCode: StatusCodes.Status201Created);
            }, by.Id.Value));
        }, http.RequestAborted);
    }

    /// <summary>Records the query and then answers it; when it cannot be recorded, nothing is answered.</summary>
    /// <param name="parameters">What was asked, by name.</param>
    /// <param name="count">Records given out; 0 when nothing was found.</param>
    /// <param name="answer">Given what the query was recorded as.</param>
    public Task<IResult> Answer(HttpContext http, StatedPurpose stated, IReadOnlyDictionary<string, string> parameters, int count, Func<RecordedQuery, IResult> answer)
    {
        var id = stated.Consultation ?? Guid.CreateVersion7();
        return journal.Run(async () =>
        {
            var (day, stream) = (Effects.DayKey(time), OversightEvent.StreamName(id));
            var caller = Caller.Of(http.User);
            var by = pseudonyms.Acting(day, caller, Role.Oversight);
            var loaded = await journal.Load<Consultation, OversightEvent>(stream, Consultation.Initial, Consultation.Evolve, http.RequestAborted);
            var (state, group) = (loaded.State, journal.Begin(day));
            var events = new List<OversightEvent>(2);
            if (stated.Purpose is { } purpose)
            {
                events.AddRange(new OpenConsultation(purpose, by, Now).Decide(state).Events);
                state = events.Aggregate(state, Consultation.Evolve);
                group.Seal(JustificationOf(id), Encoding.UTF8.GetBytes(stated.Justification!));
            }
            var asked = JsonSerializer.SerializeToUtf8Bytes(parameters);
            var decision = new ConsultTransfers(count, Mac(day, asked), by, Now).Decide(state);
            if (decision.RefusedBy == OversightRules.OtherBody) return Attempt.Answer(Problem.OtherAuthority());
            if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(StatusCodes.Status400BadRequest, "unknown-consultation", rule.Sentence, rule.Source));
            events.AddRange(decision.Events);
            group.Seal(ParametersOf(id, loaded.Version + events.Count), asked);
            var query = Add(group, stream, loaded.Version, events, by);
            return Attempt.Write(group, loaded.Version, _ =>
            {
                http.Response.Headers[StatedPurpose.ConsultationHeader] = id.ToString();
                http.Response.Headers.CacheControl = "no-store";
                http.Response.Headers[QueryHeader] = query.ToString();
                return answer(new(id, query));
            }, by.Id.Value);
        }, http.RequestAborted);
    }

    // Answers the id of the last event.
    private Guid Add(Group group, string stream, long version, IReadOnlyList<OversightEvent> events, Official by)
    {
        var (stored, last) = (new List<NewEvent>(events.Count), Guid.Empty);
        foreach (var happened in events)
        {
            var committed = new Dictionary<string, string>(StringComparer.Ordinal) { ["actor"] = by.Id.Value };
            var codes = happened switch
            {
                OversightEvent.ConsultationOpened e => new ConsultationCodes(e.Body, EnumCode.Of(e.Purpose)),
                OversightEvent.TransfersConsulted { Count: >= SmallestClearCount } e => new(e.Body, EnumCode.Of(e.Purpose), e.Count),
                OversightEvent.TransfersConsulted e => Small(e, committed),
                _ => null,
            };
            var (made, openings) = recorder.Record(happened, last = Guid.CreateVersion7(), group.KeyId, codes, committed);
            stored.Add(made);
            if (openings is not null) group.Add([openings]);
        }
        group.Add(new StreamAppend(stream, version, stored));
        return last;
    }

    private static ConsultationCodes Small(OversightEvent.TransfersConsulted e, Dictionary<string, string> committed)
    {
        committed["count"] = e.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new(e.Body, EnumCode.Of(e.Purpose));
    }

    private string Mac(string day, byte[] asked)
    {
        byte[] message = [.. "mlat-parameters-v1\0"u8, .. asked];
        return $"hmac-sha-256:{Base64Url.Encode(keys.Mac(day, message))}";
    }
}
