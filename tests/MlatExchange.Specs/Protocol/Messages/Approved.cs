using MlatExchange.Specs.Deploy;

namespace MlatExchange.Specs.Protocol.Messages;

/// <summary>Files of <c>contracts/</c> that code must agree with. Set MLAT_WRITE_CONTRACTS=1 to write them anew, then read the difference before committing it.</summary>
internal static class Approved
{
    public static bool Writing => Environment.GetEnvironmentVariable("MLAT_WRITE_CONTRACTS") == "1";

    public static string PathOf(string relative) => Tree.Path(Path.Combine("contracts", relative));

    /// <summary>The file holds exactly this text.</summary>
    public static void Holds(string relative, string text)
    {
        var path = PathOf(relative);
        if (Writing)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"contracts/{relative} is missing; MLAT_WRITE_CONTRACTS=1 writes it");
        Assert.Equal(text, File.ReadAllText(path));
    }
}
