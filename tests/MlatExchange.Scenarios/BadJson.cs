using System.Net;
using System.Text;
using System.Text.Json;

namespace MlatExchange.Scenarios;

/// <summary>JSON that is too large, cut short, ambiguous or built to exhaust a parser, sent to every route that reads a body: refused by name, and the node goes on.</summary>
[Collection(Scenario.Name)]
public class BadJson(TwoJurisdictions nodes)
{
    private static readonly string Good = Encoding.UTF8.GetString(CaseFile.Example().Body);

    private static readonly Dictionary<string, (byte[] Body, int Status, string Rule, string Pointer)> Cases = new()
    {
        ["oversized"] = (With("\"text\":\"" + new string('x', 300 * 1024) + '"'), 413, "body-too-large", ""),
        ["truncated"] = (CaseFile.Example().Body[..500], 400, "not-json", "/proceedings"),
        ["cut in a character"] = ([.. Encoding.UTF8.GetBytes(Good[..^1] + ",\"text\":\""), 0xE2, 0x82], 400, "not-utf8", ""),
        ["not UTF-8"] = ([.. Encoding.UTF8.GetBytes(Good[..^1] + ",\"text\":\""), 0xC3, 0x28, .. "\"}"u8], 400, "not-utf8", ""),
        ["UTF-16"] = (Encoding.Unicode.GetBytes(Good), 400, "not-json", ""),
        ["byte order mark"] = ([0xEF, 0xBB, 0xBF, .. CaseFile.Example().Body], 400, "byte-order-mark", ""),
        ["member twice"] = (With("\"language\":\"fr\""), 400, "duplicate-member", "/language"),
        ["member twice inside"] = (With("\"facts\":{\"text\":\"a\",\"language\":\"en\",\"text\":\"b\"}"), 400, "duplicate-member", "/facts/text"),
        ["member twice by an escape"] = (With("\"langu\\u0061ge\":\"fr\""), 400, "duplicate-member", "/language"),
        ["deep arrays"] = (Encoding.UTF8.GetBytes(new string('[', 100_000)), 400, "too-deep", "*"),
        ["deep objects"] = (Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 40_000)) + "1" + new string('}', 40_000)), 400, "too-deep", "*"),
        ["lone surrogate"] = (With("\"facts\":{\"text\":\"\\ud800\",\"language\":\"en\"}"), 400, "lone-surrogate", "/facts/text"),
        ["huge number"] = (Replaced("\"maximumDays\":1095", "\"maximumDays\":1e400"), 422, "*", "/retention/maximumDays"),
        ["number of many digits"] = (Replaced("\"maximumDays\":1095", "\"maximumDays\":" + new string('9', 100_000)), 422, "*", "/retention/maximumDays"),
        ["not a number"] = (Replaced("\"maximumDays\":1095", "\"maximumDays\":NaN"), 400, "not-json", "/retention/maximumDays"),
        ["a second value"] = ([.. CaseFile.Example().Body, .. "{}"u8], 400, "*", ""),
        ["twenty thousand members"] = (Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"m{i}\":0")) + "}"), 422, "*", "*"),
        ["a number alone"] = ("7"u8.ToArray(), 422, "shape", ""),
        ["an array"] = ("[]"u8.ToArray(), 422, "shape", ""),
        ["nothing"] = ([], 422, "*", "*"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task A_request_that_is_no_JSON_with_one_meaning_is_refused_by_member_and_rule(string name)
    {
        var (body, status, rule, pointer) = Cases[name];
        var at = nodes.AtXa;
        var token = await at.Token("drafting", "xa-judge", "drafter");
        var refused = await at.Post("/api/requests", token, body);
        Assert.Equal((status, "application/problem+json"), ((int)refused.Status, refused.ContentType));
        if (status == 413) Assert.Equal(rule, refused.Rule);
        else
        {
            var error = refused.Body.GetProperty("errors")[0];
            if (pointer != "*") Assert.Equal(pointer, error.GetProperty("pointer").GetString());
            if (rule != "*") Assert.Equal(rule, error.GetProperty("rule").GetString());
        }
        Assert.True(refused.Body.ToString().Length < 64 * 1024, "the answer is as large as the attack");
        await WorksOn(at, token);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Every_route_that_reads_a_body_refuses_it(string name)
    {
        var at = nodes.AtXa;
        var token = await at.Token("anyone", "xa-judge", "drafter", "assessor", "approver", "signer", "judge", "executing-prosecutor", "requesting-prosecutor", "operator");
        var overseer = await at.Token("anyone", "xa-oversight", "oversight");
        var routes = await Routes(at, token);
        Assert.True(routes.Count > 12, "the document names the routes with a body");
        foreach (var (method, path) in routes)
        {
            var refused = await at.Send(new HttpMethod(method), path, path.StartsWith("/api/oversight", StringComparison.Ordinal) ? overseer : token, Cases[name].Body);
            Assert.True((int)refused.Status is >= 400 and < 500, $"{method} {path} answered {(int)refused.Status}");
            Assert.True(refused.ContentType == "application/problem+json" && refused.Rule.Length > 0, $"{method} {path} names no rule");
            if (Cases[name].Status is var status and not 422) Assert.True((int)refused.Status == status, $"{method} {path} answered {(int)refused.Status}: {refused.Rule}");
        }
        await WorksOn(at, await at.Token("drafting", "xa-judge", "drafter"));
    }

    private static async Task WorksOn(NodeClient at, string token)
    {
        Assert.True(await at.IsReady());
        (await at.Post("/api/requests", token, CaseFile.Example().Body)).Expect(HttpStatusCode.Created);
    }

    private static async Task<List<(string Method, string Path)>> Routes(NodeClient at, string token)
    {
        var document = (await at.Get("/openapi/v1.json", token)).Expect(HttpStatusCode.OK).Body;
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(operation => operation.Value.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out _))
            .Select(operation => (operation.Name.ToUpperInvariant(), Filled(path))))];
    }

    private static string Filled(JsonProperty path) => path.Name
        .Replace("{id}", path.Name.Contains("/transfers/{id}", StringComparison.Ordinal) ? "AAAAAAAAAAAAAAAAAAAAAA" : "01890000-0000-7000-8000-000000000000", StringComparison.Ordinal)
        .Replace("{hold}", "01890000-0000-7000-8000-000000000000", StringComparison.Ordinal)
        .Replace("{itemRef}", "i1", StringComparison.Ordinal);

    private static byte[] With(string member) => Encoding.UTF8.GetBytes(Good[..^1] + "," + member + "}");

    private static byte[] Replaced(string old, string with) => Encoding.UTF8.GetBytes(Good.Contains(old, StringComparison.Ordinal) ? Good.Replace(old, with, StringComparison.Ordinal) : throw new InvalidOperationException(old));
}
