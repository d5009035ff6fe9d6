namespace MlatExchange.Scenarios;

/// <summary>The real servers that scenarios run on and the folder of case files, all named by environment variables.</summary>
public static class Servers
{
    private static readonly string[] Needed = ["MLAT_TEST_POSTGRES", "MLAT_TEST_RABBITMQ", "MLAT_TEST_RABBITMQ_MANAGEMENT"];

    /// <summary>Why no scenario can run here; null when one can.</summary>
    public static string? Missing => Needed.Where(name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))).ToList() is { Count: > 0 } names
        ? string.Join(", ", names) + " (an administrator's address of a test server) not set"
        : null;

    public static string Postgres => Environment.GetEnvironmentVariable(Needed[0])!;

    public static Uri RabbitMq => new(Environment.GetEnvironmentVariable(Needed[1])!);

    public static Uri Management => new(Environment.GetEnvironmentVariable(Needed[2])!);

    /// <summary>The root of this repository, where the rule packs are.</summary>
    public static string Repository { get; } = Above(folder => File.Exists(Path.Combine(folder, "MlatExchange.sln")))
        ?? throw new InvalidOperationException("The tests run outside the repository.");

    /// <summary>The folder of case files, or null.</summary>
    public static string? Cases => Environment.GetEnvironmentVariable("MLAT_SHARED") is { Length: > 0 } named && Directory.Exists(Path.Combine(named, "cases"))
        ? Path.Combine(named, "cases")
        : Above(folder => Directory.Exists(Path.Combine(folder, "shared", "cases"))) is { } beside ? Path.Combine(beside, "shared", "cases") : null;

    private static string? Above(Func<string, bool> wanted)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (wanted(at.FullName)) return at.FullName;
        return null;
    }
}
