using System.Security.Cryptography;
using System.Text;

namespace MlatExchange.Scenarios;

/// <summary>
/// Values planted in a story, and the search for them. All share one random core, so that one pass finds any of them; the letters after it tell where it was planted.
/// Forms searched: UTF-8, UTF-16, hexadecimal, base64 and base64url at each of the three places in a group that a value may begin at.
/// </summary>
public sealed class Markers
{
    private readonly string core;
    private readonly Dictionary<string, string> planted = new(StringComparer.Ordinal);
    private readonly List<byte[]> forms;
    private Dictionary<int, byte[][]>? beginning;
    private int known;

    public Markers()
    {
        core = "zq" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var utf8 = Encoding.ASCII.GetBytes(core);
        forms = [utf8, Encoding.ASCII.GetBytes(core.ToUpperInvariant()), Encoding.Unicode.GetBytes(core), Encoding.BigEndianUnicode.GetBytes(core)];
        var texts = new List<string> { Convert.ToHexString(utf8), Convert.ToHexStringLower(utf8), Convert.ToHexString(Encoding.Unicode.GetBytes(core)) };
        for (var shift = 0; shift < 3; shift++)
        {
            // what the core alone decides: a group that its neighbours share is left out
            var text = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string(' ', shift) + core)).TrimEnd('=');
            texts.Add(text[(shift == 0 ? 0 : 4)..^4]);
        }
        foreach (var text in texts.SelectMany(text => (string[])[text, text.Replace('+', '-').Replace('/', '_')]).Distinct())
        {
            forms.Add(Encoding.ASCII.GetBytes(text));
            forms.Add(Encoding.Unicode.GetBytes(text));
        }
    }

    /// <summary>A value that stands for nothing else, to be put where <paramref name="where"/> says.</summary>
    public string Plant(string where) => planted[where] = core + string.Concat(where.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>Another value to look for: a key or a salt as raw bytes, and as base64url.</summary>
    public void Add(byte[] secret)
    {
        var text = System.Buffers.Text.Base64Url.EncodeToString(secret);
        forms.AddRange([secret, Encoding.ASCII.GetBytes(text), Encoding.Unicode.GetBytes(text)]);
    }

    public string this[string where] => planted[where];

    public int Count => planted.Count;

    /// <summary>Where a planted value stands in these bytes and what is around it, or null.</summary>
    public string? FoundIn(ReadOnlySpan<byte> bytes) => Next(bytes, 0) is var (at, length) ? Around(bytes, at, length) : null;

    public string? FoundIn(string text) => FoundIn(Encoding.UTF8.GetBytes(text));

    /// <summary>How often any of the values stands in these bytes, in any form.</summary>
    public int CountIn(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (var from = 0; Next(bytes, from) is var (at, _); from = at + 1) count++;
        return count;
    }

    /// <summary>The first form at or after a place. One pass for all forms: only where two bytes begin one is it compared.</summary>
    private (int At, int Length)? Next(ReadOnlySpan<byte> bytes, int from)
    {
        if (beginning is null || known != forms.Count)
            (beginning, known) = (forms.ToLookup(form => (form[0] << 8) | form[1]).ToDictionary(group => group.Key, group => group.ToArray()), forms.Count);
        var begins = new bool[1 << 16];
        foreach (var two in beginning.Keys) begins[two] = true;
        for (var at = from; at < bytes.Length - 1; at++)
        {
            if (bytes[at] == 0)
            {
                var more = bytes[at..].IndexOfAnyExcept((byte)0);
                if (more < 0) return null;
                at += Math.Max(0, more - 1); // a form may begin with a zero before its first other byte
            }
            if (!begins[(bytes[at] << 8) | bytes[at + 1]]) continue;
            foreach (var form in beginning[(bytes[at] << 8) | bytes[at + 1]])
                if (bytes[at..].StartsWith(form)) return (at, form.Length);
        }
        return null;
    }

    private static string Around(ReadOnlySpan<byte> bytes, int at, int length)
    {
        var from = Math.Max(0, at - 80);
        var shown = new StringBuilder();
        foreach (var one in bytes[from..Math.Min(bytes.Length, at + length + 80)])
            if (one is >= 32 and < 127) shown.Append((char)one);
            else if (one != 0) shown.Append('·');
        return shown.ToString();
    }
}
