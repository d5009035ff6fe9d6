using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace MlatExchange.Node.Pages;

/// <summary>Style and scripts, part of the program. Each has its digest in its address, so a browser keeps it until it changes; small because it is sent compressed.</summary>
public sealed class Assets
{
    private static readonly (string File, string Type)[] Files = [("style.css", "text/css"), ("pages.js", "text/javascript"), ("icon.svg", "image/svg+xml")];

    private sealed record Asset(string Type, byte[] Plain, Lazy<byte[]> Compressed);

    private readonly FrozenDictionary<string, Asset> byAddress;
    private readonly FrozenDictionary<string, string> addresses;

    public Assets()
    {
        var (found, named) = (new Dictionary<string, Asset>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var (file, type) in Files)
        {
            using var stream = typeof(Assets).Assembly.GetManifestResourceStream($"pages/{file}") ?? throw new InvalidOperationException($"The page asset {file} is not in the program.");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var address = $"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}-{file}";
            found.Add(address, new(type, bytes, new(() => Compress(bytes))));
            named.Add(file, $"/assets/{address}");
        }
        (byAddress, addresses) = (found.ToFrozenDictionary(StringComparer.Ordinal), named.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Address of <c>style.css</c> and the like.</summary>
    public string this[string file] => addresses[file];

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{name}", (HttpContext http, string name) =>
    {
        if (!byAddress.TryGetValue(name, out var asset)) return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.Vary = "Accept-Encoding";
        if (!http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal)) return Results.Bytes(asset.Plain, asset.Type);
        http.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(asset.Compressed.Value, asset.Type);
    }).AllowAnonymous().ExcludeFromDescription();

    private static byte[] Compress(byte[] bytes)
    {
        using var to = new MemoryStream();
        using (var brotli = new BrotliStream(to, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(bytes);
        return to.ToArray();
    }
}
