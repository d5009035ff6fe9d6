using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlatExchange.Node.Forms;

/// <summary>
/// Prints a page by a Chromium of its own, started and ended for it. The page goes over a pipe (DevTools protocol) and the PDF comes back the same way: no name in it ever
/// stands on a disk, in an address or among the arguments of a process. Scripts are off and no host can be reached.
/// </summary>
/// <param name="setting">Setting <c>Forms:Chromium</c>: path of the program; null looks in the usual places; <c>none</c> turns printing off.</param>
public sealed class ChromiumPdf(string? setting, ILogger<ChromiumPdf> log) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly string[] Usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Each takes a hundred megabytes and a processor for a second.</summary>
    private readonly SemaphoreSlim atOnce = new(2);

    /// <summary>Path of the program; null where there is none.</summary>
    public string? Found { get; } = setting == "none" ? null : setting is { Length: > 0 } ? (File.Exists(setting) ? setting : null) : Usual.FirstOrDefault(File.Exists);

    public void Dispose() => atOnce.Dispose();

    /// <param name="html">A page that stands alone.</param>
    /// <returns>A tagged PDF on A4; null when the program failed or took longer than a minute.</returns>
    public async Task<byte[]?> Print(string html, CancellationToken cancellation)
    {
        await atOnce.WaitAsync(cancellation);
        var profile = Directory.CreateTempSubdirectory("mlat-print-").FullName;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Longest);
            using var browser = Process.Start(Command(profile))!;
            try
            {
                return await Print(browser, html, limit.Token);
            }
            finally
            {
                browser.Kill(entireProcessTree: true);
                await browser.WaitForExitAsync(CancellationToken.None);
            }
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested && fault is IOException or OperationCanceledException or JsonException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // The message of such an exception may quote the page.
            log.LogWarning("Printing a form failed: {Fault}", fault.GetType().Name);
            return null;
        }
        finally
        {
            atOnce.Release();
            await Remove(profile);
        }
    }

    /// <summary>The shell gives the program our pipes as descriptors 3 and 4, where the protocol wants them.</summary>
    private ProcessStartInfo Command(string profile)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
        [
            "-c", "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null", Found!, "--headless", "--remote-debugging-pipe", $"--user-data-dir={profile}", "--incognito",
            "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
            "--disk-cache-size=1", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-dev-shm-usage",
            .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : [],
        ]) start.ArgumentList.Add(argument);
        return start;
    }

    private static async Task<byte[]> Print(Process browser, string html, CancellationToken cancellation)
    {
        using var pipe = new DevToolsPipe(browser.StandardInput.BaseStream, browser.StandardOutput.BaseStream);
        var target = await pipe.Call("Target.createTarget", new() { ["url"] = "about:blank" }, null, cancellation);
        var attached = await pipe.Call("Target.attachToTarget", new() { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true }, null, cancellation);
        var session = attached["sessionId"]!.GetValue<string>();
        await pipe.Call("Emulation.setScriptExecutionDisabled", new() { ["value"] = true }, session, cancellation);
        var frame = (await pipe.Call("Page.getFrameTree", [], session, cancellation))["frameTree"]!["frame"]!["id"]!.GetValue<string>();
        await pipe.Call("Page.setDocumentContent", new() { ["frameId"] = frame, ["html"] = html }, session, cancellation);
        var printed = await pipe.Call("Page.printToPDF", new() { ["preferCSSPageSize"] = true, ["printBackground"] = true, ["generateTaggedPDF"] = true, ["generateDocumentOutline"] = true }, session, cancellation);
        return Convert.FromBase64String(printed["data"]!.GetValue<string>());
    }

    /// <summary>Helpers of the program may still write for a moment after it has ended.</summary>
    private static async Task Remove(string folder)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (IOException)
            {
                await Task.Delay(50);
            }
        }
    }
}
