using MlatExchange.Protocol.Trust;

namespace MlatExchange.Cli;

/// <summary>The pinned trust of this machine: <c>anchors.json</c>, which two people compared, and the signed lists beside it.</summary>
internal static class TrustFolder
{
    internal static TrustSnapshot Load(string folder, DateTimeOffset at) =>
        TrustSnapshot.Build(Anchors(folder), Directory.EnumerateFiles(folder, "*.jwt").Order(StringComparer.Ordinal).Select(Files.ReadText), at);

    internal static TrustAnchors Anchors(string folder) =>
        TrustAnchors.TryRead(Files.Read(Path.Combine(folder, "anchors.json")), out var anchors, out var fault)
            ? anchors
            : throw Refusal.Usage($"anchors.json: {fault.Rule} at '{fault.JsonPointer}'.");
}
