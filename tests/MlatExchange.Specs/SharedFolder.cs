namespace MlatExchange.Specs;

/// <summary>Finds the folder of published test vectors and cases, which is not part of the repository.</summary>
public static class SharedFolder
{
    /// <summary>The named folder in it, or the test is skipped with that reason.</summary>
    public static string OrSkip(string name)
    {
        var path = Find(name);
        Assert.SkipWhen(path is null, $"the shared folder '{name}' is not beside the repository (set MLAT_SHARED to its parent)");
        return path!;
    }

    private static string? Find(string name)
    {
        if (Environment.GetEnvironmentVariable("MLAT_SHARED") is { Length: > 0 } set)
        {
            return Directory.Exists(Path.Combine(set, name)) ? Path.Combine(set, name) : null;
        }
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", name);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        return null;
    }
}
