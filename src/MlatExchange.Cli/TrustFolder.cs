using MlatExchange.Protocol.Trust;

namespace MlatExchange.Cli;

/// <summary>The pinned trust of this machine: <c>anchors.json</c>, which two people compared, and the signed lists beside it.</summary>
internal static class TrustFolder
{
    internal static TrustSnapshot Load(string folder, DateTimeOffset at)
    {
        if (!TrustAnchors.TryRead(Files.Read(Path.Combine(folder, "anchors.json")), out var anchors, out var fault))
        {
            throw Refusal.Usage($"anchors.json: {fault.Rule} at '{fault.JsonPointer}'.");
        }
        var lists = Directory.EnumerateFiles(folder, "*.jwt").Order(StringComparer.Ordinal).Select(Files.ReadText);
        return TrustSnapshot.Build(anchors, lists, at);
    }
}
