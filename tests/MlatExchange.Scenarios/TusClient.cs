using System.Diagnostics;
using System.Text.Json;

namespace MlatExchange.Scenarios;

/// <summary>The public client tus-js-client (npm, pinned in tests/evidence-judges, installed by deploy/test into .run/evidence-judges), which knows nothing of this project.</summary>
/// <param name="Url">Where it uploaded to.</param>
/// <param name="Status">Method and status of each answer, in order.</param>
/// <param name="Error">Why it gave up; null where it succeeded.</param>
public sealed record TusClient(string? Url, IReadOnlyList<string> Status, string? Error)
{
    private static readonly string Packages = Environment.GetEnvironmentVariable("MLAT_EVIDENCE_JUDGES") is { Length: > 0 } set ? set : Path.Combine(Servers.Repository, ".run", "evidence-judges");

    /// <summary>Folder of the npm packages, or the test is skipped because they are not here.</summary>
    public static string OrSkip(string package)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Packages, "node_modules", package)), $"npm package {package} is not installed (deploy/test does it where npm is, or set MLAT_EVIDENCE_JUDGES to a folder that has it)");
        return Packages;
    }

    /// <param name="chunk">Bytes of one PATCH; 0 for all in one.</param>
    public static async Task<TusClient> Upload(string node, string token, string transfer, string item, string file, int chunk = 0)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Servers.Repository, "tests/evidence-judges/tus.mjs"), node + "/api/uploads", token, transfer, item, file, $"{chunk}"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["MLAT_EVIDENCE_JUDGES"] = OrSkip("tus-js-client") },
        };
        using var client = Process.Start(start)!;
        var complaints = client.StandardError.ReadToEndAsync();
        var told = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        Assert.True(client.ExitCode == 0 && told.Length > 0, await complaints);
        return JsonSerializer.Deserialize<TusClient>(told, JsonSerializerOptions.Web)!;
    }
}
