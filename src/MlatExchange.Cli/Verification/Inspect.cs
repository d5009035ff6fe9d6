using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Cli.Verification;

/// <summary><c>mlat inspect</c>: shows what a file says, checks nothing, and says so.</summary>
internal static class Inspect
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Command(Workplace workplace)
    {
        var file = new Argument<string>("FILE") { Description = "A signed act, message, list or record, an envelope, a proof, a bundle or a checkpoint." };
        var command = new Command("inspect", "Shows what a file says without checking it: to look, never to rely on.") { file };
        command.SetAction(parsed =>
        {
            workplace.Out.WriteLine("NOT VERIFIED. Use mlat verify to rely on it.");
            workplace.Out.WriteLine(Show(Files.ReadText(parsed.GetRequiredValue(file))));
            return ExitCode.Valid;
        });
        return command;
    }

    private static string Show(string text)
    {
        if (text.StartsWith('{') || text.StartsWith('['))
        {
            return Json(text);
        }
        if (SignedNote.Parse(text + "\n") is { } note)
        {
            return Checkpoint.Read(note.Text) is { } head
                ? $"Checkpoint of {head.Origin}: {head.Size} leaves, root {head.Root}\nSigned by {string.Join(", ", note.Signatures.Select(line => $"{line.KeyName} ({line.KeyId:x8})"))}"
                : note.ToString();
        }
        return text.Split('.') switch
        {
            [var header, var payload, _] => $"JWS\n{Part(header)}\n{Part(payload)}\nDigest {CompactJws.DigestOf(text)}",
            [var header, _, _, var body, _] => $"JWE, {body.Length / 4 * 3} bytes sealed\n{Part(header)}",
            _ => throw Refusal.Usage("The file is nothing that this tool knows."),
        };
    }

    private static string Part(string encoded) => Base64Url.TryDecode(encoded, out var bytes) ? Json(Encoding.UTF8.GetString(bytes)) : throw Refusal.Usage("A part is not base64url.");

    private static string Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(document.RootElement, Indented);
        }
        catch (JsonException)
        {
            throw Refusal.Usage("The file is not JSON.");
        }
    }
}
