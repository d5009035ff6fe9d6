using MlatExchange.Specs.Deploy;

namespace MlatExchange.Specs.Architecture;

/// <summary>The source files of the checkout, without what a build puts beside them.</summary>
internal static class SourceTree
{
    /// <summary>Paths relative to the root with forward slashes, under <paramref name="folder"/>.</summary>
    public static IEnumerable<string> CSharp(string folder) =>
        Directory.EnumerateFiles(Tree.Path(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Tree.Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
