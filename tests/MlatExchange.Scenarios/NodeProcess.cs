using System.Collections.Concurrent;
using System.Diagnostics;

namespace MlatExchange.Scenarios;

/// <summary>A node as a process of its own. It dies by SIGKILL, so that nothing in it can tidy up.</summary>
public sealed class NodeProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private NodeProcess(ProcessStartInfo start)
    {
        process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool Ended => process.HasExited;

    public string LastWords => string.Join('\n', lines.TakeLast(5));

    /// <param name="folder">The content root.</param>
    /// <param name="settings">Given through the environment, as <c>deploy/demo</c> does.</param>
    public static NodeProcess Start(string folder, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "MlatExchange.Node.dll")])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = start.Environment["DOTNET_ENVIRONMENT"] = "Demo";
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new(start);
    }

    public void Dispose()
    {
        process.Kill(); // SIGKILL on every Unix
        process.WaitForExit();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lines.Enqueue(line);
        while (lines.Count > 200) lines.TryDequeue(out _);
    }
}
