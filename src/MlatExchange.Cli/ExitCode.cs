namespace MlatExchange.Cli;

/// <summary>Exit codes of <c>mlat</c>, the same for every command; scripts and the help text rest on them.</summary>
public static class ExitCode
{
    /// <summary>Done; verified: valid.</summary>
    public const int Valid = 0;

    /// <summary>Verified: invalid. Nothing was left behind.</summary>
    public const int Invalid = 1;

    /// <summary>The command line, or a file it names, is not of the form asked for.</summary>
    public const int Usage = 2;

    /// <summary>Verified: valid when it was made, but a key it rests on is said to have been in other hands since, or then.</summary>
    public const int Doubtful = 3;

    /// <summary>Verified as far as it goes: something that is needed for a verdict is missing.</summary>
    public const int Incomplete = 4;

    /// <summary>A file or node could not be read, written or reached, or exists already; the same command may work later.</summary>
    public const int Unavailable = 5;

    /// <summary>One line each, for the help text.</summary>
    public const string Explained = """
        Exit codes: 0 done or valid, 1 invalid, 2 wrong use or form, 3 valid then but a key is compromised,
        4 incomplete, 5 a file or node is not available.
        """;
}
