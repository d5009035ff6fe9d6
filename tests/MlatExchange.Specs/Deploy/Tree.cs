namespace MlatExchange.Specs.Deploy;

/// <summary>The checkout that the specs run in.</summary>
internal static class Tree
{
    /// <summary>The folder that holds the solution file.</summary>
    public static string Root { get; } = Find();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(Path(relative));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "MlatExchange.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The specs run inside a checkout: no MlatExchange.sln above them.");
    }
}
