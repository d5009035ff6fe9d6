using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.S3;
using Microsoft.Extensions.Configuration;
using MlatExchange.Node.Hosting;
using MlatExchange.Node.Tests.Oversight.Fhir;

namespace MlatExchange.Node.Tests.Evidence;

/// <summary>A public S3 server (npm s3rver, pinned in tests/evidence-judges, installed by deploy/test into .run/evidence-judges), as a process of its own in a temporary folder.</summary>
public sealed class S3Server : IAsyncLifetime
{
    public const string Bucket = "evidence";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlat-s3-");
    private Process? process;
    private IAmazonS3? client;
    private string? reason;

    /// <summary>A client of the server, made from settings as a node makes it; or the test is skipped because the server is not here.</summary>
    public IAmazonS3 OrSkip()
    {
        Assert.SkipWhen(reason is not null, reason ?? "");
        return client!;
    }

    public async ValueTask InitializeAsync()
    {
        var packages = Environment.GetEnvironmentVariable("MLAT_EVIDENCE_JUDGES") is { Length: > 0 } set ? set : Path.Combine(FhirExamples.Checkout(), ".run", "evidence-judges");
        var program = Path.Combine(packages, "node_modules", "s3rver", "bin", "s3rver.js");
        if (!File.Exists(program))
        {
            reason = "npm package s3rver is not installed (deploy/test does it where npm is, or set MLAT_EVIDENCE_JUDGES to a folder that has it)";
            return;
        }
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        process = Process.Start(new ProcessStartInfo("node", [program, "-a", "127.0.0.1", "-p", $"{port}", "-d", folder.FullName, "--configure-bucket", Bucket])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        client = S3Settings.Client(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Evidence:S3:Endpoint"] = $"http://127.0.0.1:{port}", ["Evidence:S3:AccessKey"] = "S3RVER", ["Evidence:S3:SecretKey"] = "S3RVER",
        }).Build());
        for (var end = DateTime.UtcNow.AddSeconds(60); ;)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (DateTime.UtcNow < end && !process.HasExited)
            {
                await Task.Delay(50); // it does not listen yet
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        folder.Delete(recursive: true);
    }
}
