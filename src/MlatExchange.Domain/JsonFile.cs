using System.Text.Json;
using System.Text.Unicode;

namespace MlatExchange.Domain;

/// <summary>Opens a file that a ministry wrote, before anything in it is read.</summary>
internal static class JsonFile
{
    private const int Longest = 256 * 1024;

    /// <param name="what">What the file is called in a fault, such as "A form".</param>
    /// <param name="depth">Levels at most.</param>
    /// <returns>Its root; null with the fault noted when it is too long, not UTF-8 or not JSON.</returns>
    public static JsonElement? Open(ReadOnlyMemory<byte> utf8, string what, int depth, List<MemberFault> faults)
    {
        if (utf8.Length > Longest || !Utf8.IsValid(utf8.Span))
        {
            faults.Add(utf8.Length > Longest ? new("", "too-long", $"{what} is at most 256 KiB.") : new("", "malformed-json", $"{what} is UTF-8."));
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = depth });
            return document.RootElement.Clone();
        }
        catch (JsonException problem)
        {
            faults.Add(new("", "malformed-json", $"Not a JSON document: line {problem.LineNumber + 1}."));
            return null;
        }
    }
}
