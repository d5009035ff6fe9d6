using System.Diagnostics;

namespace MlatExchange.Node.Tests.Oversight.Fhir;

/// <summary>Runs the scripts of tests/fhir-judges over the npm packages that deploy/test installs.</summary>
internal static class FhirTools
{
    public const string Missing = "the npm packages of tests/fhir-judges are not installed (deploy/test does it where npm is, or set MLAT_FHIR_JUDGES to a folder that has them)";

    private static readonly string Packages = Environment.GetEnvironmentVariable("MLAT_FHIR_JUDGES") is { Length: > 0 } set ? set : Path.Combine(FhirExamples.Checkout(), ".run", "fhir-judges");

    public static bool AreInstalled => Directory.Exists(Path.Combine(Packages, "node_modules", "@medplum", "definitions")) && Directory.Exists(Path.Combine(Packages, "node_modules", "fhir-kit-client"));

    /// <summary>What the script prints; a failed test with its last words where it fails.</summary>
    public static async Task<string> Run(string script, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(FhirExamples.Checkout(), "tests/fhir-judges", script), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["MLAT_FHIR_JUDGES"] = Packages },
        };
        using var node = Process.Start(start)!;
        var complaints = node.StandardError.ReadToEndAsync();
        var told = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        // The last lines say what is wrong; before them Node prints the line of the package, which is a megabyte.
        Assert.True(node.ExitCode == 0, string.Join('\n', (await complaints).Split('\n').Where(line => line.Length < 400).TakeLast(12)));
        return told;
    }
}
