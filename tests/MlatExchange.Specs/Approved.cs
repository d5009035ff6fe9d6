using MlatExchange.Specs.Deploy;

namespace MlatExchange.Specs;

/// <summary>
/// Compares a text with the approved file of the repository. To approve a change, run the specs with <c>MLAT_APPROVE=1</c>, read the diff and commit it.
/// </summary>
internal static class Approved
{
    public static void Same(string relative, string text)
    {
        if (Environment.GetEnvironmentVariable("MLAT_APPROVE") == "1") File.WriteAllText(Tree.Path(relative), text);
        Assert.True(File.Exists(Tree.Path(relative)), $"{relative} was never approved.");
        var approved = Tree.Read(relative).Split('\n');
        var found = text.Split('\n');
        for (var line = 0; line < Math.Max(approved.Length, found.Length); line++)
        {
            var (was, now) = (line < approved.Length ? approved[line] : "(end)", line < found.Length ? found[line] : "(end)");
            Assert.True(was == now, $"{relative}:{line + 1} was approved as\n  {was}\nand is now\n  {now}");
        }
    }
}
