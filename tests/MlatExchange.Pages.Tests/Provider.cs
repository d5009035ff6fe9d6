using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MlatExchange.Scenarios;

namespace MlatExchange.Pages.Tests;

/// <summary>A public, certified OpenID provider (npm oidc-provider, pinned in tests/sign-in-judge, installed by deploy/test into .run/sign-in-judge), as a process of its own.</summary>
public sealed class Provider : IDisposable
{
    private static readonly string Packages = Environment.GetEnvironmentVariable("MLAT_SIGN_IN_JUDGE") is { Length: > 0 } set ? set : Path.Combine(Servers.Repository, ".run", "sign-in-judge");

    private readonly int port = FreePort();
    private Process? process;

    /// <summary>Why nobody can sign in at it here; null when one can.</summary>
    public static string? Missing => Directory.Exists(Path.Combine(Packages, "node_modules", "oidc-provider")) ? null
        : "npm package oidc-provider is not installed (deploy/test does it where npm is, or set MLAT_SIGN_IN_JUDGE to a folder that has it)";

    public string Url => $"http://127.0.0.1:{port}";

    /// <summary>Starts it for the node, once.</summary>
    public async Task For(string node)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        if (process is not null) return;
        var start = new ProcessStartInfo("node", [Path.Combine(Servers.Repository, "tests", "sign-in-judge", "provider.mjs"), $"{port}", $"{node}/sign-in/callback"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["MLAT_SIGN_IN_JUDGE"] = Packages;
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is var line && line != "ready") Assert.NotNull(line); // what it says before is advice
        _ = process.StandardOutput.ReadToEndAsync(); // so that it never waits for a reader
    }

    public void Dispose()
    {
        process?.Kill();
        process?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
