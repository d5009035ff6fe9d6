using System.Security.Cryptography;
using MlatExchange.Protocol;

namespace MlatExchange.Cli;

/// <summary>What the commands take from the machine they run on; a test gives its own.</summary>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where faults go; never keys, shares or content.</param>
/// <param name="Clock">The time.</param>
/// <param name="Random">Randomness for keys and shares.</param>
/// <param name="Http">Makes the client for <c>--node</c>; nothing else reaches the network.</param>
public sealed record Workplace(TextWriter Out, TextWriter Error, TimeProvider Clock, RandomSource Random, Func<HttpClient> Http)
{
    /// <summary>This process. A call may take hours where it carries evidence; a line that is dead ends by itself.</summary>
    public static Workplace Real => new(
        Console.Out, Console.Error, TimeProvider.System, RandomNumberGenerator.Fill,
        () => new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(30), KeepAlivePingDelay = TimeSpan.FromSeconds(30) }) { Timeout = Timeout.InfiniteTimeSpan })
    {
        Terminal = !Console.IsErrorRedirected,
    };

    /// <summary>Whether a person sees <see cref="Error"/> as it is written, so that a line may be written anew.</summary>
    public bool Terminal { get; init; }

    /// <summary>Now, in whole milliseconds as the wire writes times.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(Clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>128 random bits as the wire writes ids.</summary>
    public string NewId()
    {
        Span<byte> id = stackalloc byte[16];
        Random(id);
        return Protocol.Jose.Base64Url.Encode(id);
    }
}
