using System.Runtime.InteropServices;
using System.Text;

namespace MlatExchange.Node.Retention;

/// <summary>
/// Replaces the node's process by a fresh one with the same id, arguments and settings, after an orderly stop: nothing that the old one had in memory is in the new. Needed once
/// per epoch at most, when the key of a case was destroyed in it.
/// </summary>
/// <param name="isPossible">False where the process is not the node's own, such as several nodes in one for a demonstration.</param>
public sealed partial class FreshStart(bool isPossible, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<FreshStart> log)
{
    private readonly DateTimeOffset started = clock.GetUtcNow();

    /// <summary>Whether the node stopped in order to start afresh.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Whether this process may remember what was erased at <paramref name="at"/> and can be replaced.</summary>
    public bool IsNeeded(DateTimeOffset at) => isPossible && started <= at;

    /// <summary>Stops the node in order; whoever runs it then calls <see cref="Replace"/>.</summary>
    public void Want()
    {
        if (IsWanted) return;
        IsWanted = true;
        Announce();
        lifetime.StopApplication();
    }

    /// <summary>Replaces this process; returns only where that fails, and then the node's keeper starts it again.</summary>
    public static void Replace()
    {
        if (!OperatingSystem.IsLinux()) return;
        var arguments = File.ReadAllBytes("/proc/self/cmdline").AsSpan();
        var environment = Environment.GetEnvironmentVariables();
        List<string> given = [.. Encoding.UTF8.GetString(arguments.TrimEnd((byte)0)).Split('\0')];
        List<string> settings = [];
        foreach (System.Collections.DictionaryEntry variable in environment) settings.Add($"{variable.Key}={variable.Value}");
        _ = Execute(Encoding.UTF8.GetBytes("/proc/self/exe\0"), Pointers(given), Pointers(settings));
    }

    // Never freed: the memory ends with the process.
    private static IntPtr[] Pointers(List<string> texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), IntPtr.Zero];

    [DllImport("libc", EntryPoint = "execve", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(byte[] path, IntPtr[] arguments, IntPtr[] environment);

    [LoggerMessage(EventId = 4321, Level = LogLevel.Information, Message = "The key of a case was destroyed and its epoch is over: the node starts afresh, so that nothing of it stays in memory")]
    private partial void Announce();
}
