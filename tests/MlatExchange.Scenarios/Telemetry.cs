using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using System.Text;

namespace MlatExchange.Scenarios;

/// <summary>Everything that could be sent to a monitoring system while it is open: all activities, all measurements and all exceptions of this process, whoever makes them.</summary>
public sealed class Telemetry : IDisposable
{
    private readonly ActivityListener activities;
    private readonly MeterListener meters = new();

    public Telemetry()
    {
        activities = new ActivityListener
        {
            ShouldListenTo = source => Seen(Sources, source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Traces.Enqueue(Text(activity)),
        };
        ActivitySource.AddActivityListener(activities);
        meters.InstrumentPublished = (instrument, self) =>
        {
            Seen(Sources, instrument.Meter.Name);
            Metrics.Enqueue($"{instrument.Meter.Name} {instrument.Name} {instrument.Description} {Text(instrument.Tags)} {Text(instrument.Meter.Tags)}");
            self.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<byte>(Measured);
        meters.SetMeasurementEventCallback<short>(Measured);
        meters.SetMeasurementEventCallback<int>(Measured);
        meters.SetMeasurementEventCallback<long>(Measured);
        meters.SetMeasurementEventCallback<float>(Measured);
        meters.SetMeasurementEventCallback<double>(Measured);
        meters.SetMeasurementEventCallback<decimal>(Measured);
        meters.Start();
        AppDomain.CurrentDomain.FirstChanceException += Thrown;
    }

    /// <summary>Names of the activity sources and meters that were there.</summary>
    public ConcurrentDictionary<string, bool> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Each activity with its names, tags, events, links and baggage.</summary>
    public ConcurrentQueue<string> Traces { get; } = new();

    /// <summary>Each measurement with its instrument and tags.</summary>
    public ConcurrentQueue<string> Metrics { get; } = new();

    /// <summary>Each exception as it was thrown, caught or not, with all that it says.</summary>
    public ConcurrentQueue<string> Exceptions { get; } = new();

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Thrown;
        meters.RecordObservableInstruments();
        meters.Dispose();
        activities.Dispose();
    }

    private static bool Seen(ConcurrentDictionary<string, bool> names, string name)
    {
        names[name] = true;
        return true;
    }

    private static string Text(Activity activity)
    {
        var text = new StringBuilder($"{activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {activity.TraceStateString}");
        text.Append(Text(activity.TagObjects)).Append(Text(activity.Baggage.Select(pair => new KeyValuePair<string, object?>(pair.Key, pair.Value))));
        foreach (var happened in activity.Events) text.Append(happened.Name).Append(Text(happened.Tags));
        foreach (var link in activity.Links) text.Append(Text(link.Tags ?? []));
        return text.ToString();
    }

    private static string Text(IEnumerable<KeyValuePair<string, object?>>? tags) => string.Concat((tags ?? []).Select(tag => $" {tag.Key}={Text(tag.Value)}"));

    private static string? Text(object? value) => value is System.Collections.IEnumerable many and not string ? string.Join(',', many.Cast<object?>()) : value?.ToString();

    private void Measured<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        Metrics.Enqueue($"{instrument.Meter.Name} {instrument.Name}{Text(tags.ToArray())} {value}");

    private void Thrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        var data = string.Join(' ', thrown.Exception.Data.Keys.Cast<object>().Select(key => $"{key}={thrown.Exception.Data[key]}"));
        Exceptions.Enqueue($"{thrown.Exception} {data}");
    }
}
