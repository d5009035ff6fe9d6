namespace MlatExchange.Cli;

/// <summary>Ends a command with an exit code and one sentence for the person who called it. The sentence names files and members, never their content.</summary>
internal sealed class Refusal(int code, string sentence) : Exception(sentence)
{
    /// <summary>One of <see cref="ExitCode"/>.</summary>
    internal int Code { get; } = code;

    internal static Refusal Usage(string sentence) => new(ExitCode.Usage, sentence);

    internal static Refusal Invalid(string sentence) => new(ExitCode.Invalid, sentence);

    internal static Refusal Unavailable(string sentence) => new(ExitCode.Unavailable, sentence);
}
