
namespace MlatExchange.Domain.Forms;

/// <summary>Codes in words, in the languages of the forms; from <c>words.json</c> beside the forms. A text that is no code stays as it is.</summary>
public sealed class FormWords
{
    private readonly Dictionary<string, InTwoLanguages> words;

    private FormWords(Dictionary<string, InTwoLanguages> words) => this.words = words;

    /// <summary>Origins every file must have words for: <c>origin-</c> and the place.</summary>
    private static readonly string[] Needed = ["origin-act", "origin-draft", "origin-disclosed", "origin-computed", "origin-trust", "origin-node", "origin-hand", "true", "false"];

    public static Reading<FormWords> Load(ReadOnlyMemory<byte> utf8)
    {
        var faults = new List<MemberFault>();
        var read = new Dictionary<string, InTwoLanguages>(StringComparer.Ordinal);
        if (FormLoader.Open(utf8, faults) is not { } root) return new(null, faults);
        var file = new StrictObject(root, "", faults, complete: false);
        file.OptionalText("$schema", 300);
        foreach (var o in file.Objects("words", 1, 2000))
        {
            if (!read.TryAdd(o.Text("code", 100), FormLoader.Texts(o))) o.Fault("code", "duplicate-reference", "Each code may stand only once.");
            o.Close();
        }

        file.Close();
        foreach (var code in Needed.Where(code => !read.ContainsKey(code))) faults.Add(new("/words", "missing-word", $"There is no word for {code}."));
        return faults.Count > 0 ? new(null, faults) : new(new(read), faults);
    }

    /// <summary>Whether there are words for a code.</summary>
    public bool Has(string code) => words.ContainsKey(code);

    public string Of(string code, string language) => words.TryGetValue(code, out var text) ? text.In(language) : code;

    /// <summary>Where a value is from, in words.</summary>
    internal string Origin(string root, string? pack, string language) =>
        words[$"origin-{root}"].In(language).Replace("{pack}", pack ?? "-", StringComparison.Ordinal);
}
