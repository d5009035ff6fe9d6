using System.Text;
using System.Text.Json.Nodes;

namespace MlatExchange.Specs.Requests;

/// <summary>The case files beside the repository: synthetic requests and what their assessment must come to.</summary>
public sealed record CaseFile(string Number, JsonObject Request, JsonObject Expect)
{
    public static IEnumerable<string> Numbers => ["01", "02", "03", "04", "05", "06", "07", "08", "09"];

    /// <summary>The case, or a skip with its reason where the folder is absent.</summary>
    public static CaseFile Load(string number)
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, "the folder shared/cases is not beside this repository");
        var document = JsonNode.Parse(File.ReadAllText(Directory.GetFiles(folder!, $"{number}-*.json").Single()))!.AsObject();
        return new(number, document["request"]!.AsObject(), document["expect"]!.AsObject());
    }

    public ReadOnlyMemory<byte> Bytes => Encoding.UTF8.GetBytes(Request.ToJsonString());

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("MLAT_SHARED") is { Length: > 0 } named && Directory.Exists(Path.Combine(named, "cases")))
            return Path.Combine(named, "cases");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "cases");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
