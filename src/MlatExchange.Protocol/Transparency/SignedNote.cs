using System.Text;

namespace MlatExchange.Protocol.Transparency;

/// <summary>One signature line of a note.</summary>
/// <param name="KeyName">Name of the key; for a log's own signature its origin.</param>
/// <param name="KeyId">Four bytes, big-endian; with the name it says which key and algorithm signed.</param>
/// <param name="Signature">The signature after the key id.</param>
public sealed record NoteSignature(string KeyName, uint KeyId, byte[] Signature);

/// <summary>
/// A C2SP signed note: text that ends in a newline, an empty line, signature lines. The text means nothing until a signature by a
/// known key is verified over it.
/// </summary>
public sealed class SignedNote
{
    /// <summary>Longest note read, in bytes: room for 16 signatures of any kind.</summary>
    public const int MaximumLength = 128 * 1024;

    private const int MaximumSignatures = 64;
    private const string Dash = "\u2014 ";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>The signed text with its final newline.</summary>
    public string Text { get; }

    /// <summary>The bytes that signatures are made over: the text in UTF-8.</summary>
    public byte[] SignedBytes() => Utf8.GetBytes(Text);

    /// <summary>All signature lines in order, known keys or not.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>The whole note as text.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(Line))}";

    /// <summary>A note with signatures made elsewhere over <paramref name="text"/>.</summary>
    public static SignedNote Of(string text, params IReadOnlyList<NoteSignature> signatures) => new(text, signatures);

    /// <summary>The same note with one more signature line, such as a witness's.</summary>
    public SignedNote With(NoteSignature signature) => new(Text, [.. Signatures, signature]);

    /// <summary>Reads a note from UTF-8; null when it is not one.</summary>
    public static SignedNote? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return utf8.Length > MaximumLength ? null : Parse(Utf8.GetString(utf8));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Reads a note; null when it is not one: a control character, no empty line, no signature, a line that is no signature line.</summary>
    public static SignedNote? Parse(string note)
    {
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (note.Length > MaximumLength || end < 1 || !note.EndsWith('\n') || note.Any(c => c < ' ' && c != '\n'))
        {
            return null;
        }
        var lines = note[(end + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MaximumSignatures)
        {
            return null;
        }
        var signatures = new List<NoteSignature>(lines.Length);
        foreach (var line in lines)
        {
            if (ReadLine(line) is not { } signature)
            {
                return null;
            }
            signatures.Add(signature);
        }
        return new(note[..(end + 1)], signatures);
    }

    private static string Line(NoteSignature signature)
    {
        var bytes = new byte[4 + signature.Signature.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
        signature.Signature.CopyTo(bytes, 4);
        return $"{Dash}{signature.KeyName} {Convert.ToBase64String(bytes)}\n";
    }

    private static NoteSignature? ReadLine(string line)
    {
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || line[Dash.Length..].Split(' ') is not [var name, var encoded] || !IsKeyName(name))
        {
            return null;
        }
        return ExactBase64.TryRead(encoded, out var bytes) && bytes.Length > 4
            ? new(name, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..])
            : null;
    }

    /// <summary>A key name is not empty and holds no Unicode space and no plus sign.</summary>
    internal static bool IsKeyName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+');
}
