using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MlatExchange.Scenarios;

/// <summary>A node whose disk for sealed bytes fills up, and one that keeps them in an S3-compatible store.</summary>
[Collection(Breakable.Name)]
public class EvidenceStores(BreakablePair nodes)
{
    [Fact]
    public async Task A_full_disk_is_said_so_keeps_what_came_and_the_upload_goes_on_once_there_is_room()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "a small file system is mounted for this, which needs root");
        var story = await (await new EvidenceStory(nodes.Xa, nodes.Xb, nodes.Keys, nodes.NewFolder()).Decided()).Described(20_000_000);
        // The transfer's own folder alone is small: what other scenarios stored stays where it is.
        var folder = Directory.CreateDirectory(Path.Combine(nodes.Xb.DataPath, "evidence", story.Transfer)).FullName;
        Assert.SkipUnless(await Ran("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder), "no file system can be mounted here");
        try
        {
            var url = $"{nodes.Xb.Url}/api/uploads/{story.Transfer}/{EvidenceStory.Ref}";
            var bytes = await File.ReadAllBytesAsync(story.SealedFile());
            using var full = await Patch(url, await story.Executing(), bytes, 0);
            Assert.Equal(HttpStatusCode.InsufficientStorage, full.StatusCode);
            Assert.Equal("application/problem+json", full.Content.Headers.ContentType!.MediaType);
            Assert.Contains("storage-full", await full.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            long kept = 0;
            await story.SupplierIs("the part that fits is kept", view => (kept = view.GetProperty("progress")[0].GetProperty("received").GetInt64()) > 4_000_000);
            Assert.InRange(kept, 4_000_000, 6 << 20);
            using (var again = await Patch(url, await story.Executing(), bytes[(int)kept..], kept)) Assert.Equal(HttpStatusCode.InsufficientStorage, again.StatusCode);
            Assert.True(await nodes.AtXb.IsReady());

            Assert.True(await Ran("mount", "-o", "remount,size=64m", folder));
            await story.Upload();
            await story.Offer();
            await story.Accept();
            await story.Obtained();
            await story.Opens();
        }
        finally
        {
            Assert.True(await Ran("umount", "--lazy", folder));
        }
    }

    [Fact]
    public async Task A_transfer_whose_two_nodes_keep_sealed_bytes_in_an_S3_store_is_obtained_opened_and_destroyed()
    {
        var packages = TusClient.OrSkip("s3rver");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var folder = Directory.CreateDirectory(nodes.NewFolder()).FullName;
        using var store = Process.Start(new ProcessStartInfo(
            "node", [Path.Combine(packages, "node_modules", "s3rver", "bin", "s3rver.js"), "-a", "127.0.0.1", "-p", $"{port}", "-d", folder, "--configure-bucket", "evidence"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        store.BeginOutputReadLine();
        store.BeginErrorReadLine();
        try
        {
            await Eventually.True(() => Listens(port), "the S3 server listens");
            foreach (var node in (Jurisdiction[])[nodes.Xa, nodes.Xb])
            {
                node.Kill();
                node.More["Evidence:Store"] = "s3";
                foreach (var (name, value) in new[] { ("Endpoint", $"http://127.0.0.1:{port}"), ("Bucket", "evidence"), ("Prefix", node.Code + "/"), ("AccessKey", "S3RVER"), ("SecretKey", "S3RVER") })
                    node.More[$"Evidence:S3:{name}"] = value;
                await node.StartProcess();
            }
            var story = await (await new EvidenceStory(nodes.Xa, nodes.Xb, nodes.Keys, nodes.NewFolder()).Decided()).Described(40_000_000);
            await story.Upload();
            Assert.Single(Objects(folder, "xb"));
            await story.Offer();
            await story.Accept();
            await story.Obtained();
            Assert.Single(Objects(folder, "xa"));
            await story.Opens();
            await story.Destroy();
            await story.HolderIs("the certificate's receipt returns", view => view.GetProperty("state").GetString() == "certified");
            Assert.Empty(Objects(folder, "xa"));
            Assert.Single(Objects(folder, "xb"));
        }
        finally
        {
            store.Kill();
            await store.WaitForExitAsync();
            foreach (var node in (Jurisdiction[])[nodes.Xa, nodes.Xb])
            {
                node.Kill();
                node.More.Clear();
                await node.StartProcess();
            }
        }
    }

    private static string[] Objects(string folder, string node) =>
        Directory.Exists(Path.Combine(folder, "evidence", node)) ? Directory.GetFiles(Path.Combine(folder, "evidence", node), "*_object", SearchOption.AllDirectories) : [];

    private static async Task<bool> Listens(int port)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<HttpResponseMessage> Patch(string url, string token, byte[] bytes, long offset)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Patch, url) { Content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/offset+octet-stream") } } };
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", $"{offset}");
        return await http.SendAsync(request);
    }

    private static async Task<bool> Ran(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
