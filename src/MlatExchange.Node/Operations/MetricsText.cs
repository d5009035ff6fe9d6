using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace MlatExchange.Node.Operations;

/// <summary>
/// The node's own counters and durations in the Prometheus text format. Only meters named here are read, and only tags whose values are codes of a closed set,
/// so no selector, path or case reaches a monitoring system.
/// </summary>
public sealed class MetricsText : IDisposable
{
    /// <summary>Meters shown; libraries' meters are left out because their tags carry addresses.</summary>
    public const string Meter = "MlatExchange.Node";

    private static readonly string[] KnownTags = ["kind", "step", "counterpart", "outcome", "projection"];

    private readonly ConcurrentDictionary<string, double> sums = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();

    public MetricsText()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == Meter) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    public string Render()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (name, value) in sums.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Append(name).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = Name(instrument.Name);
        var labels = Labels(tags);
        if (instrument.IsObservable) sums[$"{name}{labels}"] = value;
        else if (instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal))
        {
            sums.AddOrUpdate($"{name}_sum{labels}", value, (_, sum) => sum + value);
            sums.AddOrUpdate($"{name}_count{labels}", 1, (_, count) => count + 1);
        }
        else sums.AddOrUpdate($"{name}{labels}", value, (_, sum) => sum + value);
    }

    private static string Name(string instrument) => "mlat_" + instrument.Replace('.', '_').Replace('-', '_');

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>();
        foreach (var tag in tags)
            if (KnownTags.Contains(tag.Key)) labels.Add($"{tag.Key}=\"{tag.Value}\"");
        return labels.Count == 0 ? "" : $"{{{string.Join(',', labels)}}}";
    }
}
