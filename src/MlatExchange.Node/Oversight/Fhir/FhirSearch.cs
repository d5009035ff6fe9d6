using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using MlatExchange.Domain;
using MlatExchange.Node.Http;
using Npgsql;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>A search over one kind of resource, read strictly: what is unknown or twisted is refused and never just ignored.</summary>
/// <param name="Type"><c>AuditEvent</c> or <c>Provenance</c>.</param>
/// <param name="Given">Parameters as given: what is kept of the query, in the vault. Several values of one name are joined by <c>&amp;</c>.</param>
/// <param name="Newest">Newest first.</param>
/// <param name="Count">Resources a page.</param>
/// <param name="CountOnly">Only how many there are is asked for.</param>
/// <param name="Total">How many there are is to stand on the page.</param>
/// <param name="After">Where the page starts; null for the first.</param>
internal sealed record FhirSearch(
    string Type, IReadOnlyDictionary<string, string> Given, IReadOnlyList<(FhirParameter Parameter, IReadOnlyList<string> Values)> Conditions, bool Newest, int Count, bool CountOnly, bool Total, PageCursor? After)
{
    public const int DefaultCount = 50, LargestCount = 1000;

    private static readonly string[] Controls = ["_count", "_sort", "_summary", "_total", "_cursor", "_format"];

    /// <summary>The search, or the 400 problem that names every parameter at fault and repeats no value.</summary>
    public static (FhirSearch? Search, IResult? Refused) Read(FhirNode node, string type, IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        var own = type == "AuditEvent" ? FhirParameters.AuditEvent : FhirParameters.Provenance;
        var parameters = own.Concat(FhirParameters.Every).ToList();
        var faults = new List<MemberFault>();
        var conditions = new List<(FhirParameter, IReadOnlyList<string>)>();
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in query)
        {
            var (bare, modifier) = name.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at ? (name[..at], name[(at + 1)..]) : (name, "");
            if (Controls.Contains(name, StringComparer.Ordinal))
            {
                if (values is [{ } control]) given[name] = control;
                else faults.Add(new(name, "given-twice", "At most once."));
                continue;
            }
            if (parameters.FirstOrDefault(parameter => parameter.Name == bare) is not { } parameter || modifier.Length > 0 && !(modifier == "identifier" && parameter.Type == "reference"))
            {
                faults.Add(new("", "unknown-parameter", $"Known parameters: {string.Join(", ", parameters.Select(known => known.Name).Concat(Controls))}; references also with :identifier."));
                continue;
            }
            given[name] = string.Join('&', values!);
            foreach (var value in values)
            {
                var either = (value ?? "").Split(',');
                if (either.Length <= 50 && either.All(one => one.Length <= 200 && parameter.Where(node, one, _ => "$1") is not null)) conditions.Add((parameter, either));
                else faults.Add(new(bare, "wrong-form", $"Not a {parameter.Type} as FHIR R4 writes it; at most 50 values of 200 characters."));
            }
        }
        var time = type == "AuditEvent" ? "date" : "recorded";
        var sort = Control("_sort", time, $"-{time}", "_lastUpdated", "-_lastUpdated") ?? time;
        var summary = Control("_summary", "count", "false");
        var total = Control("_total", "accurate", "none");
        _ = Control("_format", "json", "application/json", "application/fhir+json", "application/fhir json");
        var count = DefaultCount;
        if (given.TryGetValue("_count", out var wanted) && !(int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= LargestCount))
            faults.Add(new("_count", "wrong-number", $"0 to {LargestCount}."));
        var search = new FhirSearch(type, given, conditions, sort[0] == '-', count, summary == "count" || count == 0, total == "accurate", null);
        if (given.TryGetValue("_cursor", out var cursor))
        {
            if (PageCursor.Read(cursor, search.Fingerprint()) is { } after) search = search with { After = after };
            else faults.Add(new("_cursor", "wrong-cursor", "As the link \"next\" gave it, with the same other parameters."));
        }
        return faults.Count == 0 ? (search, null) : (null, Problem.Of(StatusCodes.Status400BadRequest, "parameters-at-fault", "Parameters of the search break rules; each is named.", errors: faults));

        string? Control(string name, params string[] known)
        {
            if (!given.TryGetValue(name, out var value) || known.Contains(value, StringComparer.Ordinal)) return value;
            faults.Add(new(name, "unknown-code", $"One of {string.Join(", ", known)}."));
            return null;
        }
    }

    /// <summary>The statement of a page, or of the count. Values are parameters, always.</summary>
    /// <param name="upTo">Position up to which all pages of the search look.</param>
    public NpgsqlCommand Select(FhirNode node, NpgsqlConnection? connection, long upTo, bool count)
    {
        var command = new NpgsqlCommand { Connection = connection };
        var body = Type == "AuditEvent" ? "audit" : "provenance";
        var sql = $"select {(count ? "count(*)" : $"position, recorded, event_id, {body}")} from read.audit_trail where position <= {Value(upTo)}";
        if (Type == "Provenance") sql += " and provenance is not null";
        foreach (var (parameter, values) in Conditions)
            sql += values.Count == 1 ? $" and {parameter.Where(node, values[0], Value)}" : $" and ({string.Join(" or ", values.Select(value => parameter.Where(node, value, Value)))})";
        if (!count)
        {
            if (After is { } after) sql += $" and (recorded, position) {(Newest ? '<' : '>')} ({Value(new DateTime(after.Key, DateTimeKind.Utc))}, {Value(after.Position)})";
            var direction = Newest ? " desc" : "";
            sql += $" order by recorded{direction}, position{direction} limit {Value(Count + 1)}";
        }
        command.CommandText = sql;
        return command;

        string Value(object value)
        {
            command.Parameters.Add(new() { Value = value });
            return string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}");
        }
    }

    /// <summary>What binds a cursor to the other parameters, so that pages of different searches cannot be mixed.</summary>
    public byte[] Fingerprint() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Given.Where(pair => pair.Key is not ("_cursor" or "_count")).Select(pair => new[] { Type, pair.Key, pair.Value })))[..8];
}
