using System.Diagnostics;
using System.Globalization;

namespace MlatExchange.Benchmarks.Drivers;

/// <summary>Event stores from npm: tests/benchmarks/beside, after <c>npm ci</c> there.</summary>
internal static class OtherStores
{
    private static string? Beside
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MlatExchange.sln")))
                folder = folder.Parent;
            return folder is null ? null : Path.Combine(folder.FullName, "tests/benchmarks/beside");
        }
    }

    /// <summary>Where the packages are; null when they are not installed.</summary>
    public static string? Folder => Beside is { } beside && Directory.Exists(Path.Combine(beside, "node_modules")) ? Path.Combine(beside, "node_modules") : null;

    /// <summary>Emmett measures itself in a process of its own, in the same database; its start is not in the rate.</summary>
    public static async Task<double> Emmett(BenchmarkDatabase database, int writers, double seconds)
    {
        var owner = database.Owner;
        var uri = $"postgresql://{Uri.EscapeDataString(owner.Username!)}:{Uri.EscapeDataString(owner.Password ?? "")}@{owner.Host}:{owner.Port}/{owner.Database}";
        using var node = Process.Start(new ProcessStartInfo("node", ["emmett.mjs", writers.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = Beside,
            RedirectStandardOutput = true,
            Environment = { ["BESIDE_DATABASE"] = uri },
        })!;
        var answer = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return node.ExitCode == 0 ? double.Parse(answer.Trim().Split('\n')[^1], CultureInfo.InvariantCulture) : throw new InvalidOperationException("emmett.mjs failed.");
    }
}
