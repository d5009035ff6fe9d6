using System.Globalization;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>Instants inside texts and dateTime members: UTC with milliseconds, as everywhere else.</summary>
internal static class FhirInstant
{
    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
