using System.Net;
using System.Text;
using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Cli.Evidence;

/// <summary>A signed record and what it says.</summary>
internal sealed record ToldAct(string Text, CustodyRecord Record)
{
    internal Digest Digest => CompactJws.DigestOf(Text);
}

/// <summary>The signed records of one file, beside it, one a line, oldest first: the chain of that copy, with or without a node.</summary>
internal static class CustodyFile
{
    internal static string Of(string file) => file.EndsWith(".sealed", StringComparison.Ordinal) ? $"{file[..^".sealed".Length]}.custody.jwt" : $"{file}.custody.jwt";

    /// <summary>Every record of the file; none where nothing is told of it.</summary>
    internal static IReadOnlyList<ToldAct> Read(string file) => !File.Exists(Of(file)) ? [] :
    [
        .. Files.ReadText(Of(file)).Split('\n').Select(line => CustodyRecord.TryRead(line.Trim(), out var record)
            ? new ToldAct(line.Trim(), record)
            : throw Refusal.Invalid($"{Of(file)} holds something else than custody records whose signatures hold.")),
    ];

    /// <summary>The newest record of the file; null where nothing is told of it.</summary>
    internal static ToldAct? Last(string file) => Read(file) is [.., var newest] ? newest : null;

    internal static void Append(string file, string record) =>
        Files.Replace(Of(file), Encoding.ASCII.GetBytes(string.Join('\n', [.. Read(file).Select(told => told.Text), record])));

    /// <summary>Hands a record to the node. A record that does not fit the chain is refused by name.</summary>
    internal static async Task HandIn(NodeClient node, string transfer, string record, Workplace workplace)
    {
        var answer = await node.Post($"/api/transfers/{transfer}/custody", JsonSerializer.SerializeToUtf8Bytes(new { record }), mayConflict: false);
        if (answer == HttpStatusCode.Accepted) await workplace.Out.WriteLineAsync("The record stands in the chain of custody.");
    }
}
