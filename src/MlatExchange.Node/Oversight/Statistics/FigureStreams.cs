using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Oversight.Statistics;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Node.Oversight.Statistics;

/// <summary>What is remembered of the streams of a page of the log while it is counted.</summary>
/// <param name="known">JSON by stream, as <see cref="FigureRows"/> keeps it.</param>
internal sealed class FigureStreams(IReadOnlyDictionary<string, byte[]> known)
{
    private readonly Dictionary<string, object> states = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);

    /// <summary>What is to be remembered anew.</summary>
    public IEnumerable<(string Stream, byte[] State)> Changed => changed.Select(stream => (stream, JsonSerializer.SerializeToUtf8Bytes(states[stream], states[stream].GetType(), EventJson.Options)));

    public IReadOnlyList<Figure> Case(string stream, object happened, DateTimeOffset at)
    {
        var before = Find<CaseFigures>(stream);
        var (after, figures) = CaseFigures.Count(before, happened, at);
        Keep(stream, before, after);
        return figures;
    }

    public IReadOnlyList<Figure> Transfer(string stream, TransferEvent happened, string? instrument, DateTimeOffset at)
    {
        var before = Find<TransferFigures>(stream);
        var of = before is null && TransferHistory.CaseOf(happened) is { } from ? Find<CaseFigures>(from) : null;
        var (after, figures) = TransferFigures.Count(before, happened, of, instrument, at);
        Keep(stream, before, after);
        return figures;
    }

    private T? Find<T>(string stream)
        where T : class
    {
        if (!states.ContainsKey(stream) && known.TryGetValue(stream, out var json)) states[stream] = JsonSerializer.Deserialize<T>(json, EventJson.Options)!;
        return states.GetValueOrDefault(stream) as T;
    }

    private void Keep<T>(string stream, T? before, T? after)
        where T : class
    {
        if (after is null || ReferenceEquals(before, after)) return;
        states[stream] = after;
        changed.Add(stream);
    }
}
