namespace MlatExchange.Cli.Health;

/// <summary>Counts what is removed, by place and rule; values never come here.</summary>
internal sealed class Removals
{
    private readonly Dictionary<(string Path, RemovalRule Rule), int> counts = [];

    internal void Add(string path, RemovalRule rule, int count = 1) => counts[(path, rule)] = counts.GetValueOrDefault((path, rule)) + count;

    internal IReadOnlyList<Removal> All =>
        [.. counts.Select(each => new Removal(each.Key.Path, each.Key.Rule, each.Value)).OrderBy(removal => removal.Path, StringComparer.Ordinal).ThenBy(removal => removal.Rule)];
}
