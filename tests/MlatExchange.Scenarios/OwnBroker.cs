using System.Diagnostics;

namespace MlatExchange.Scenarios;

/// <summary>
/// A RabbitMQ that a test has for itself, with its own ports and data, run by the functions of <c>deploy/servers.sh</c>. It can lose its power: killed with
/// SIGKILL, its port mapper too, and started again on what it had on disk.
/// </summary>
public sealed class OwnBroker : IAsyncDisposable
{
    /// <summary>Also named in <c>deploy/test</c>, which removes what an aborted run leaves.</summary>
    private const string Purpose = "faults";

    private const string TellPid = "cut -d ' ' -f 1 \"$base/rabbitmq.pid\" || echo 0";

    private int pid;

    private OwnBroker(string amqp, string management, string pid) => (Amqp, Management, this.pid) = (new(amqp), new(management), Number(pid));

    public Uri Amqp { get; }

    public Uri Management { get; }

    /// <summary>Null where RabbitMQ runs in a container, which could not be started again on its data.</summary>
    public static async Task<OwnBroker?> Start()
    {
        var told = await Bash($"servers_wipe {Purpose}; servers_open {Purpose}; curl_check; rabbitmq_start; servers_env {Purpose}; printf '%s\\n' \"$rabbitmq_kind\" \"$MLAT_TEST_RABBITMQ\" \"$MLAT_TEST_RABBITMQ_MANAGEMENT\"; {TellPid}");
        if (told.Split('\n', StringSplitOptions.RemoveEmptyEntries) is not [var kind, var amqp, var management, var pid]) throw new InvalidOperationException("The broker did not start.");
        if (kind == "machine") return new(amqp, management, pid);
        await Bash($"servers_wipe {Purpose}");
        return null;
    }

    /// <summary>As when the power fails.</summary>
    public async Task Kill()
    {
        using (var server = Process.GetProcessById(pid)) server.Kill(); // at once; SIGKILL on every Unix
        await Bash($"servers_open {Purpose}; stop_process rabbitmq KILL 20; stop_process epmd KILL 5");
    }

    /// <summary>Returns when it takes connections, on the same ports and with the same data.</summary>
    public async Task StartAgain()
    {
        var told = await Bash($"servers_open {Purpose}; rabbitmq_start; servers_env {Purpose}; {TellPid}; [ \"$MLAT_TEST_RABBITMQ\" = '{Amqp.OriginalString}' ] || die 'The ports of the broker were taken meanwhile.'");
        pid = Number(told);
    }

    public async ValueTask DisposeAsync() => await Bash($"servers_wipe {Purpose}");

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> Bash(string commands)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", "set -euo pipefail; source deploy/servers.sh; " + commands])
        {
            WorkingDirectory = Servers.Repository, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (told, faults) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, await faults);
        return await told;
    }
}
