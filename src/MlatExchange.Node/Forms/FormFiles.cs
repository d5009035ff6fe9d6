using MlatExchange.Domain;
using MlatExchange.Domain.Forms;

namespace MlatExchange.Node.Forms;

/// <summary>The forms of a folder, read once at start; a form at fault stops the node, because its blank fields could no longer be checked.</summary>
/// <param name="Stylesheet">Text of <c>form.css</c>.</param>
public sealed record FormFiles(FormSet Set, string Stylesheet)
{
    /// <exception cref="InvalidOperationException">A file breaks a rule; names the file, the member and the rule.</exception>
    public static FormFiles Load(string folder)
    {
        var words = Sound("words.json", FormWords.Load(File.ReadAllBytes(Path.Combine(folder, "words.json"))));
        var forms = Directory.EnumerateFiles(folder, "*@*.json").Order(StringComparer.Ordinal).Select(file => Sound(Path.GetFileName(file), FormLoader.Load(File.ReadAllBytes(file)))).ToList();
        return new(new FormSet(forms, words), File.ReadAllText(Path.Combine(folder, "form.css")));
    }

    private static T Sound<T>(string file, Reading<T> reading)
        where T : class => reading.Value ?? throw new InvalidOperationException($"Form {file}: {string.Join("; ", reading.Faults.Select(fault => $"{fault.Pointer} {fault.Rule}"))}");
}
