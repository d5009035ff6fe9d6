using System.Globalization;
using Npgsql;

namespace MlatExchange.Node.Oversight;

/// <summary>
/// The statements of a query over transfers: only the conditions asked for, so that each has a plan over its own index; keyset, never an offset. Values are
/// parameters, always.
/// </summary>
public static class TransferStatements
{
    /// <summary>A page, one row more than its limit: place, key of the order, document. With <paramref name="limited"/> false: all rows, for an export.</summary>
    /// <param name="upTo">Position up to which all pages of the query look.</param>
    /// <param name="told">Gives the audit event of the event to prove, in FHIR, in place of the document.</param>
    public static NpgsqlCommand Page(TransferFilter filter, DateTimeOffset now, long upTo, bool limited = true, bool told = false)
    {
        var statement = new Statement(filter, now, upTo);
        var (key, direction) = (statement.Key, filter.Descending ? " desc" : "");
        var inner = $"select r.first_position, {key} as key, r.record_position, r.due {statement.From}{statement.Keyset()} order by {key}{direction}, {statement.Place}{direction}";
        if (limited) inner += $" limit {statement.Value(filter.Limit + 1)}";
        var document = told ? "a.audit from {0} p join read.audit_trail a on a.position = p.record_position" : "d.record from {0} p join read.transfer_documents d using (first_position)";
        return statement.Command($"select p.first_position, p.key, p.due, {document.Replace("{0}", $"({inner})", StringComparison.Ordinal)} order by p.key{direction}, p.first_position{direction}");
    }

    /// <summary>How many rows there are.</summary>
    public static NpgsqlCommand Count(TransferFilter filter, DateTimeOffset now, long upTo)
    {
        var statement = new Statement(filter, now, upTo);
        return statement.Command($"select count(*) {statement.From}");
    }

    private sealed class Statement
    {
        private readonly List<object> values = [];
        private readonly TransferFilter filter;
        private string sql;

        // A list of codes has no order of its own, so a code is either followed in its own index or looked at in the row. It is followed where nothing rarer is asked for.
        private readonly string? followed;

        public Statement(TransferFilter filter, DateTimeOffset now, long upTo)
        {
            this.filter = filter;
            var codes = new[] { Code("ground", filter.RefusalGround), Code("subject", filter.SubjectCategory), Code("condition", filter.Condition), Code("article", filter.Article), Code("data", filter.DataCategory) }
                .OfType<string>().ToList();
            var rarer = filter.Case is not null || filter.Overdue is true || filter.Incident is true || filter.Onward is true || filter.Divergent is true || filter.Overridden is true
                || filter.Emergency is true || filter.Outcome is "stopped" or "lapsed" or "destruction-due" or "destruction-ordered" or "erasing";
            followed = codes.Count > 0 && filter.Order == TransferOrder.Logged && (!rarer || filter.RefusalGround is not null) ? codes[0] : null;
            sql = followed is null
                ? $"from read.transfer_records r where r.first_position <= {Value(upTo)}"
                : $"from read.transfer_codes c join read.transfer_records r on r.first_position = c.first_position where c.code = {Value(followed)} and c.first_position <= {Value(upTo)}";
            foreach (var code in codes.Where(code => code != followed)) sql += $" and {Value(code)} = any(r.codes)";
            var time = followed is null ? "r.first_at" : "c.first_at";
            if (filter.From is { } from) sql += $" and {time} >= {Value(from.UtcDateTime)}";
            if (filter.To is { } to) sql += $" and {time} < {Value(to.UtcDateTime)}";
            Equal("direction", filter.Direction);
            Equal("counterpart", filter.Counterpart);
            Equal("instrument", filter.Instrument);
            Equal("authority_role", filter.AuthorityRole);
            Equal("purpose", filter.Purpose);
            Equal("state", filter.Outcome);
            if (filter.Case is { } known) sql += $" and r.pseudonym = {Value(known)}";
            Flag("minors", filter.Minors);
            Flag("special", filter.SpecialCategories);
            Flag("emergency", filter.Emergency);
            Flag("overridden", filter.Overridden);
            Flag("divergent", filter.Divergent);
            Flag("onward", filter.Onward);
            Flag("incident", filter.Incident);
            if (filter.Overdue is true) sql += $" and r.due < {Value(now.UtcDateTime)}";
            if (filter.Overdue is false) sql += $" and (r.due is null or r.due >= {Value(now.UtcDateTime)})";
            if (filter.Order == TransferOrder.Due) sql += " and r.due is not null";
        }

        public string From => sql;

        public string Place => followed is null ? "r.first_position" : "c.first_position";

        public string Key => filter.Order switch
        {
            TransferOrder.Due => "r.due",
            TransferOrder.Changed => "r.changed",
            _ => followed is null ? "r.first_at" : "c.first_at",
        };

        public string Keyset()
        {
            if (filter.After is not { } after) return "";
            object key = filter.Order == TransferOrder.Changed ? after.Key : new DateTime(after.Key, DateTimeKind.Utc);
            return $" and ({Key}, {Place}) {(filter.Descending ? '<' : '>')} ({Value(key)}, {Value(after.Position)})";
        }

        public NpgsqlCommand Command(string text)
        {
            var command = new NpgsqlCommand(text);
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            return command;
        }

        public string Value(object value)
        {
            values.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
        }

        private static string? Code(string kind, string? code) => code is null ? null : $"{kind}:{code}";

        private void Equal(string column, string? value)
        {
            if (value is not null) sql += $" and r.{column} = {Value(value)}";
        }

        // The column itself, not a parameter: only then is the index of the marked rows seen to fit.
        private void Flag(string column, bool? wanted)
        {
            if (wanted is { } flag) sql += flag ? $" and r.{column}" : $" and not r.{column}";
        }
    }
}
