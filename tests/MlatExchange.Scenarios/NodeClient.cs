using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace MlatExchange.Scenarios;

/// <summary>What a node answered.</summary>
public sealed record Answer(HttpStatusCode Status, JsonElement Body, string? Tag, string? ContentType, string? Location)
{
    public string Id => Body.GetProperty("id").GetString()!;

    public string State => Body.GetProperty("state").GetString()!;

    /// <summary>The slug of a refusal.</summary>
    public string Rule => Body.GetProperty("rule").GetString()!;

    /// <summary>This answer, or a failed test that names its refusal.</summary>
    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"expected {(int)status}, answered {(int)Status}: {Body}");
        return this;
    }
}

/// <summary>Drives one node through its routes, as officials of its authorities.</summary>
public sealed class NodeClient(string url)
{
    // Without a propagator the client makes no activity: what a test asks for is no trace of a node.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { Timeout = TimeSpan.FromMinutes(1) };

    public async Task<string> Token(string official, string authority, params string[] roles)
    {
        var answer = await Send(HttpMethod.Post, "/demo/token", null, JsonSerializer.SerializeToUtf8Bytes(new { official, authority, roles }));
        return answer.Expect(HttpStatusCode.OK).Body.GetProperty("access_token").GetString()!;
    }

    public Task<Answer> Get(string path, string token) => Send(HttpMethod.Get, path, token, null);

    public Task<Answer> Post(string path, string token, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, token, body is byte[] bytes ? bytes : JsonSerializer.SerializeToUtf8Bytes(body ?? new { }), headers);

    /// <summary>What a route answers that does not answer JSON.</summary>
    public async Task<string> Text(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url + path) { Headers = { Authorization = new("Bearer", token) } };
        using var response = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<bool> IsReady()
    {
        using var answer = await Http.GetAsync(url + "/health/ready");
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Drafts as one official and lets a second assess; answers the request's id and the assessment.</summary>
    public async Task<(string Id, JsonElement Assessment)> Assess(CaseFile of)
    {
        var drafted = (await Post("/api/requests", await Token("drafting", of.Authority, "drafter"), of.Body)).Expect(HttpStatusCode.Created);
        var assessed = (await Post($"/api/requests/{drafted.Id}/assessment", await Token("assessing", of.Authority, "assessor"))).Expect(HttpStatusCode.OK);
        return (drafted.Id, assessed.Body);
    }

    public async Task<Answer> Approve(CaseFile of, string id) => await Post($"/api/requests/{id}/approval", await Token("approving", of.Authority, "approver"));

    public async Task<Answer> Sign(CaseFile of, string id) => await Post($"/api/requests/{id}/signature", await Token("signing", of.Authority, "signer"));

    /// <summary>From the draft to the approval; answers the request's id.</summary>
    public async Task<string> DraftToApproval(CaseFile of)
    {
        var (id, _) = await Assess(of);
        (await Approve(of, id)).Expect(HttpStatusCode.OK);
        return id;
    }

    /// <summary>From the draft to the signature; answers the request's id, its thread and the signature's answer.</summary>
    public async Task<(string Id, string Thread, Answer Signed)> DraftToSignature(CaseFile of)
    {
        var id = await DraftToApproval(of);
        var signed = await Sign(of, id);
        return (id, (await View(of, id)).GetProperty("thread").GetString()!, signed);
    }

    public async Task<JsonElement> View(CaseFile of, string id) => (await Get($"/api/requests/{id}", await Token("signing", of.Authority, "signer"))).Expect(HttpStatusCode.OK).Body;

    /// <summary>Every received request of this thread, as the addressed authority sees it.</summary>
    public async Task<IReadOnlyList<JsonElement>> Received(string authority, string thread)
    {
        var token = await Token("listing", authority, "signer");
        var list = (await Get("/api/received?limit=200", token)).Expect(HttpStatusCode.OK).Body;
        var found = new List<JsonElement>();
        foreach (var item in list.GetProperty("items").EnumerateArray())
        {
            var view = (await Get($"/api/received/{item.GetProperty("id").GetString()}", token)).Expect(HttpStatusCode.OK).Body;
            if (view.GetProperty("thread").GetString() == thread) found.Add(view);
        }
        return found;
    }

    /// <summary>The one received request of this thread, once it has come.</summary>
    public async Task<JsonElement> Arrived(string authority, string thread)
    {
        IReadOnlyList<JsonElement> found = [];
        await Eventually.True(async () => (found = await Received(authority, thread)).Count > 0, "the request arrives at its addressee");
        return Assert.Single(found);
    }

    /// <summary>How many requests this node took in.</summary>
    public static Task<long> ReceivedCount(Jurisdiction at) => at.Count("select count(*) from es.mt_events where type = 'received.received.v1'");

    /// <summary>Ids of received requests that the addressed authority has not decided.</summary>
    public async Task<IReadOnlyList<string>> Undecided(CaseFile of)
    {
        var list = (await Get("/api/received?limit=200", await Token("listing", of.Addressee, "signer"))).Expect(HttpStatusCode.OK).Body;
        return [.. list.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("state").GetString() == "acknowledged").Select(item => item.GetProperty("id").GetString()!)];
    }

    /// <summary>Recognises all items.</summary>
    public async Task<Answer> Decide(CaseFile of, string id) =>
        await Post($"/api/received/{id}/decision", await Token("executing", of.Addressee, "executing-prosecutor", "signer"), new { reason = "The conditions of execution are met." });

    /// <summary>Until the request's view shows the other side's delivery receipt.</summary>
    public Task Receipted(CaseFile of, string id) => Eventually.True(
        async () => (await View(of, id)).GetProperty("receipts").EnumerateArray().Any(receipt => receipt.GetProperty("kind").GetString() == "delivery"), "the delivery receipt returns");

    public async Task<Answer> Send(HttpMethod method, string path, string? token, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url + path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new(
            response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), response.Headers.ETag?.ToString(),
            response.Content.Headers.ContentType?.MediaType, response.Headers.Location?.ToString());
    }
}
