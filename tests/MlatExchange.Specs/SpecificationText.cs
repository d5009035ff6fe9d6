using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs;

/// <summary>Writes what the specs run through as plain sentences, and remembers an example of every event. Both stay on the thread that runs them.</summary>
public static partial class SpecificationText
{
    [ThreadStatic]
    private static List<string>? lines;

    [ThreadStatic]
    private static Dictionary<Type, object>? seen;

    /// <summary>Runs <paramref name="specs"/> and returns what they printed and one example of each event they folded.</summary>
    public static (IReadOnlyList<string> Lines, IReadOnlyDictionary<Type, object> Events) Record(Action specs)
    {
        (lines, seen) = ([], []);
        try
        {
            specs();
            return (lines, seen);
        }
        finally
        {
            (lines, seen) = (null, null);
        }
    }

    /// <summary>A heading between the specs.</summary>
    public static void Heading(string text) => lines?.Add(text);

    internal static void Seen(object happened) => seen?.TryAdd(happened.GetType(), happened);

    internal static void Add(IEnumerable<object> history, object command, IEnumerable<string> then)
    {
        if (lines is null) return;
        var given = history.Select(Short).ToList();
        Write("given", [given.Count == 0 ? "nothing" : string.Join("; ", given)]);
        Write("when", [Sentence(command)]);
        Write("then", then);
    }

    /// <summary>A command or an event in words: its name and the codes it carries.</summary>
    public static string Sentence(object record) => $"{Words(record.GetType().Name)} {Members(record)}".TrimEnd();

    private static string Members(object record)
    {
        var parts = record.GetType().GetProperties()
            .Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod!.GetParameters().Length == 0 && !property.GetMethod.IsStatic)
            .Select(property => Part(property.Name, property.GetValue(record)))
            .Where(part => part.Length > 0);
        return string.Join(", ", parts);
    }

    /// <summary>What happened before, shorter: who, when, and what it came to.</summary>
    private static string Short(object record)
    {
        var parts = record.GetType().GetProperties()
            .Select(property => (property.Name, Value: property.GetValue(record)))
            .Where(member => member.Value is Enum or AssessmentSummary or ErasureOrder or Official or CopyCounts
                || member.Name is "At" or "Rule" or "Ref" or "Trigger" or "Stored" || member.Value is IEnumerable<ItemDecision>)
            .Select(member => member.Value switch
            {
                Official by => $"by {by.Id}",
                DateTimeOffset at => at.UtcDateTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture),
                null => "",
                ErasureOrder order => Value(order.Ground),
                var value => Value(value),
            });
        return $"{Words(record.GetType().Name)} {string.Join(", ", parts.Where(part => part.Length > 0))}";
    }

    private static void Write(string word, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            lines!.Add($"    {word,-6}{sentence}");
            word = "and";
        }
    }

    private static string Part(string name, object? value) => value switch
    {
        null => "",
        Official by => $"by {by.Id} ({by.Role}, {by.Authority})",
        DateTimeOffset at when name == "At" => $"at {Instant(at)}",
        RequestFacts => "",
        bool yes => yes ? Words(name) : "",
        _ when Value(value) is { Length: > 0 } text => $"{Words(name)} {text}",
        _ => "",
    };

    private static string Value(object value) => value switch
    {
        string text => text,
        Enum code => JsonSerializer.Serialize(code, code.GetType(), EventJson.Options).Trim('"'),
        DateOnly day => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        DateTimeOffset at => Instant(at),
        TimeSpan span => $"{span.TotalHours.ToString(CultureInfo.InvariantCulture)} h",
        AssessmentResult result => Findings(result.Outcome, AssessmentSummary.Of(result).Findings),
        AssessmentSummary summary => Findings(summary.Outcome, summary.Findings),
        StatedAssessment stated => Value(stated.Outcome),
        AssessmentComparison comparison => comparison.Agreement ? "agrees" : $"differs in {string.Join(", ", comparison.Differences.Select(difference => difference.Rule))}",
        ItemDecision item => $"{item.Ref} {Value(item.Outcome)}{(item.Ground is null ? "" : $" on {item.Ground}")}{(item.Citation is null ? "" : $", {item.Citation}")}",
        EvidenceItem item => $"{item.Ref} for {item.RequestItem}",
        ItemDue due => $"{due.Ref} {Instant(due.Destroy)}",
        ErasureOrder order => $"{Value(order.Ground)} under {order.LegalReference}, not before {Instant(order.NotBefore)}, {order.Count} items of {string.Join(", ", order.Classes)}, {Part("By", order.By)}",
        IEnumerable list => string.Join("; ", list.Cast<object>().Select(Value)),
        Guid id => id.ToString("D")[^4..],
        IFormattable number when value.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        _ when value.GetType().Namespace!.StartsWith("MlatExchange", StringComparison.Ordinal) && value.GetType().GetProperty("Name") is { } name => (string)name.GetValue(value)!,
        _ when value.GetType().Namespace!.StartsWith("MlatExchange", StringComparison.Ordinal) => $"({Members(value)})",
        _ => throw new InvalidOperationException($"No words for {value.GetType()}."),
    };

    private static string Findings(Outcome outcome, IEnumerable<FindingSummary> findings)
    {
        var open = findings.Where(finding => finding.Outcome != Outcome.Pass).Select(finding => finding.Rule).ToList();
        return open.Count == 0 ? Value(outcome) : $"{Value(outcome)} ({string.Join(", ", open)})";
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Words(string name) => WordStart().Replace(name, " $1").TrimStart().ToLowerInvariant();

    [GeneratedRegex("(?<!^)([A-Z]|(?<=[a-z])[0-9])")]
    private static partial Regex WordStart();
}
