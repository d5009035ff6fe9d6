using System.Text;
using System.Text.Json;

namespace MlatExchange.Marten;

/// <summary>A JSON value as text.</summary>
internal static class JsonText
{
    /// <summary>The value the reader stands on, as it is written there.</summary>
    public static byte[] Of(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Encoding.UTF8.GetBytes(document.RootElement.GetRawText());
    }
}
