using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli;

/// <summary>A key's thumbprint as words that two people can read to each other: 16 bits a word, consonants and vowels in turn ("proquints").</summary>
internal static class Fingerprint
{
    private const string Consonants = "bdfghjklmnprstvz";
    private const string Vowels = "aiou";

    internal static string Words(EcPublicKey key)
    {
        Base64Url.TryDecode(key.Thumbprint, out var bytes);
        return string.Join('-', bytes!.Chunk(2).Select(pair => Word((pair[0] << 8) | pair[1])));
    }

    private static string Word(int bits) =>
        new([Consonants[bits >> 12], Vowels[(bits >> 10) & 3], Consonants[(bits >> 6) & 15], Vowels[(bits >> 4) & 3], Consonants[bits & 15]]);
}
