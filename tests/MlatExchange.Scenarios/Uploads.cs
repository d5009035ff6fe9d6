using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace MlatExchange.Scenarios;

/// <summary>Resumable upload at <c>/api/uploads</c>, by a public client and byte by byte, with a node that is killed in the middle.</summary>
[Collection(Breakable.Name)]
public class Uploads(BreakablePair nodes)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(1) };

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task A_public_client_uploads_an_item_which_can_then_be_offered(int chunk)
    {
        var story = await Described(3_000_000);
        var client = await TusClient.Upload(nodes.Xb.Url, await story.Executing(), story.Transfer, EvidenceStory.Ref, story.SealedFile(), chunk);
        Assert.Null(client.Error);
        Assert.Equal("POST 201", client.Status[0]);
        Assert.Equal(chunk == 0 ? 1 : 4, client.Status.Count(answer => answer == "PATCH 204"));
        await story.Offer();
        await story.Accept();
        await story.Obtained();
        await story.Opens();
        Assert.Equal(1, await nodes.Xb.Count("select count(*) from es.mt_events where type = 'transfer.content-stored.v1' and stream_id = $1", $"transfer-{story.Transfer}"));
    }

    [Fact]
    public async Task An_upload_goes_on_by_itself_where_a_killed_node_had_it()
    {
        var story = await Described(160_000_000);
        var part = Path.Combine(nodes.Xb.DataPath, "evidence", story.Transfer, EvidenceStory.Ref + ".part");
        var uploading = TusClient.Upload(nodes.Xb.Url, await story.Executing(), story.Transfer, EvidenceStory.Ref, story.SealedFile());
        await Eventually.True(() => Task.FromResult(uploading.IsCompleted || (File.Exists(part) && new FileInfo(part).Length > 4_000_000)), "bytes arrive");
        nodes.Xb.Kill();
        Assert.True(File.Exists(part), "the upload was over before the node was killed");
        var durable = new FileInfo(part).Length;
        Assert.InRange(durable, 1, new FileInfo(story.SealedFile()).Length - 1);
        await nodes.Xb.StartProcess();
        var client = await uploading;
        Assert.Null(client.Error);
        Assert.Contains("HEAD 200", client.Status);
        Assert.False(File.Exists(part));
        await story.SupplierIs("all is stored", view => view.GetProperty("progress")[0].GetProperty("percent").GetDouble() == 100);
        await story.Offer();
    }

    [Fact]
    public async Task What_the_protocol_forbids_is_refused_and_takes_nothing_away()
    {
        var story = await Described(200_000);
        var bytes = await File.ReadAllBytesAsync(story.SealedFile());
        var url = $"/api/uploads/{story.Transfer}/{EvidenceStory.Ref}";
        var token = await story.Executing();

        using (var options = await Send("OPTIONS", "/api/uploads", null, null))
        {
            Assert.Equal("1.0.0", Header(options, "Tus-Version"));
            Assert.Contains("checksum", Header(options, "Tus-Extension"), StringComparison.Ordinal);
        }
        await Answers(HttpStatusCode.PreconditionFailed, "HEAD", url, token, null, ("Tus-Resumable", "0.2.2"));
        await Answers(HttpStatusCode.BadRequest, "POST", "/api/uploads", token, [], ("Upload-Length", $"{bytes.Length}"));
        await Answers(HttpStatusCode.RequestEntityTooLarge, "POST", "/api/uploads", token, [], ("Upload-Length", $"{bytes.Length + 1}"), ("Upload-Metadata", Metadata(story)));
        using (var created = await Send("POST", "/api/uploads", token, [], ("Upload-Length", $"{bytes.Length}"), ("Upload-Metadata", Metadata(story))))
        {
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
            Assert.Equal(url, created.Headers.Location!.ToString());
            Assert.True(DateTimeOffset.Parse(Header(created, "Upload-Expires"), System.Globalization.CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow);
        }

        // Another authority of the same jurisdiction, and nobody.
        var other = await nodes.AtXb.Token("executing", "xb-judge", "executing-prosecutor");
        await Answers(HttpStatusCode.NotFound, "HEAD", url, other, null);
        await Answers(HttpStatusCode.NotFound, "PATCH", url, other, bytes, ("Upload-Offset", "0"));
        await Answers(HttpStatusCode.NotFound, "HEAD", $"/api/uploads/{story.Transfer}/unknown", token, null);
        await Answers(HttpStatusCode.Unauthorized, "HEAD", url, null, null);

        await Answers(HttpStatusCode.Conflict, "PATCH", url, token, bytes, ("Upload-Offset", "1"));
        await Answers((HttpStatusCode)460, "PATCH", url, token, bytes[..1000], ("Upload-Offset", "0"), ("Upload-Checksum", "sha256 " + Convert.ToBase64String(SHA256.HashData(bytes[..999]))));
        await Answers(HttpStatusCode.BadRequest, "PATCH", url, token, bytes[..1000], ("Upload-Offset", "0"), ("Upload-Checksum", "crc32 AAAA"));
        Assert.Equal(0, await Offset(url, token));
        await Answers(HttpStatusCode.NoContent, "PATCH", url, token, bytes[..100_000], ("Upload-Offset", "0"), ("Upload-Checksum", "sha256 " + Convert.ToBase64String(SHA256.HashData(bytes[..100_000]))));
        await Answers(HttpStatusCode.RequestEntityTooLarge, "PATCH", url, token, bytes, ("Upload-Offset", "100000"));
        await Answers(HttpStatusCode.Conflict, "PATCH", url, token, bytes[..10], ("Upload-Offset", "0"));
        Assert.Equal(100_000, await Offset(url, token));

        // Two at once from the same offset: one wins, the other is told to wait or to ask.
        var rest = bytes[100_000..];
        var both = await Task.WhenAll(Status("PATCH", url, token, rest, ("Upload-Offset", "100000")), Status("PATCH", url, token, rest, ("Upload-Offset", "100000")));
        Assert.Contains(HttpStatusCode.NoContent, both);
        Assert.True(both.Count(status => status == HttpStatusCode.NoContent) == 1 || await Offset(url, token) == bytes.Length, string.Join(' ', both));
        Assert.All(both, status => Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.NoContent, HttpStatusCode.Locked, HttpStatusCode.Conflict]));
        Assert.Equal(bytes.Length, await Offset(url, token));
        await Answers(HttpStatusCode.Conflict, "DELETE", url, token, null);
        await story.Offer();
        await Answers(HttpStatusCode.Conflict, "PATCH", url, token, rest, ("Upload-Offset", "100000"));
    }

    [Fact]
    public async Task Other_bytes_than_described_are_refused_and_the_upload_starts_again()
    {
        var story = await Described(100_000);
        var bytes = await File.ReadAllBytesAsync(story.SealedFile());
        var url = $"/api/uploads/{story.Transfer}/{EvidenceStory.Ref}";
        var token = await story.Executing();
        byte[] other = [.. bytes];
        other[50_000] ^= 1;
        await Answers(HttpStatusCode.UnprocessableEntity, "PATCH", url, token, other, ("Upload-Offset", "0"));
        Assert.Equal(0, await Offset(url, token));
        Assert.Equal(HttpStatusCode.Conflict, (await nodes.AtXb.Post($"/api/transfers/{story.Transfer}/offer", token)).Status);
        await Answers(HttpStatusCode.NoContent, "PATCH", url, token, bytes[..60_000], ("Upload-Offset", "0"));
        await Answers(HttpStatusCode.NoContent, "DELETE", url, token, null);
        Assert.Equal(0, await Offset(url, token));
        await Answers(HttpStatusCode.NoContent, "POST", url, token, bytes, ("Upload-Offset", "0"), ("X-HTTP-Method-Override", "PATCH"));
        await story.Offer();
    }

    private async Task<EvidenceStory> Described(int bytes) =>
        await (await new EvidenceStory(nodes.Xa, nodes.Xb, nodes.Keys, nodes.NewFolder()).Decided()).Described(bytes);

    private static string Metadata(EvidenceStory story) =>
        $"transfer {Convert.ToBase64String(Encoding.ASCII.GetBytes(story.Transfer))},item {Convert.ToBase64String(Encoding.ASCII.GetBytes(EvidenceStory.Ref))}";

    private async Task<long> Offset(string url, string token)
    {
        using var answer = await Send("HEAD", url, token, null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        return long.Parse(Header(answer, "Upload-Offset"), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task Answers(HttpStatusCode expected, string method, string path, string? token, byte[]? body, params (string Name, string Value)[] headers) =>
        Assert.True(await Status(method, path, token, body, headers) is var status && status == expected, $"{method} {path.Split('/')[^1]} answered {(int)status}, not {(int)expected}");

    private async Task<HttpStatusCode> Status(string method, string path, string? token, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var answer = await Send(method, path, token, body, headers);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> Send(string method, string path, string? token, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), nodes.Xb.Url + path);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        request.Headers.ExpectContinue = true; // so that a refusal is read before the body is sent
        if (headers.All(header => header.Name != "Tus-Resumable")) request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        return await Http.SendAsync(request);
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();
}
