using MlatExchange.Domain;
using MlatExchange.Domain.Deadlines;

namespace MlatExchange.Node.Deadlines;

/// <summary>The tables of terms and of calendars, which lie beside the rule packs.</summary>
public static class DeadlineFiles
{
    /// <summary>Loads both; a fault stops the node, because a deadline left out would be one waived.</summary>
    /// <param name="folder">The folder of the rule packs.</param>
    /// <exception cref="InvalidOperationException">A file breaks a rule; names the file, the member and the rule.</exception>
    public static DeadlineTables Load(string folder) => new(
        Sound("deadlines.json", folder, bytes => DeadlineRules.Load(bytes)),
        Sound("calendars.json", folder, bytes => WorkCalendars.Load(bytes, zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null)));

    private static T Sound<T>(string file, string folder, Func<ReadOnlyMemory<byte>, Reading<T>> load)
        where T : class
    {
        var reading = load(File.ReadAllBytes(Path.Combine(folder, file)));
        return reading.Value ?? throw new InvalidOperationException($"{file}: {string.Join("; ", reading.Faults.Select(fault => $"{fault.Pointer} {fault.Rule}"))}");
    }
}
