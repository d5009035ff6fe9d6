using System.CommandLine;
using System.Net;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli.Evidence;

/// <summary><c>mlat upload</c>: hands a folder that <c>mlat seal</c> wrote to the node, in parts; called again it goes on where it stopped.</summary>
internal static class Upload
{
    private const string StateFile = "upload.json";

    internal static Command Command(Workplace workplace)
    {
        var folder = new Argument<string>("FOLDER") { Description = "What mlat seal wrote." };
        var options = new NodeOptions();
        var command = new Command("upload", "Hands sealed items to your own node, or goes on with an upload that stopped.") { folder, options.Url, options.Token, options.Received };
        command.SetAction(async parsed =>
        {
            using var node = options.Client(parsed, workplace) ?? throw Refusal.Usage("An upload needs --node.");
            return await Run(parsed.GetRequiredValue(folder), node, parsed.GetValue(options.Received), workplace);
        });
        return command;
    }

    internal static async Task<int> Run(string folder, NodeClient node, string? received, Workplace workplace)
    {
        var offer = OfferDraft.Read(folder);
        var state = Read(folder) ?? new(received ?? throw Refusal.Usage("--received names the request that the transfer answers."), []);
        if (received is not null && received != state.Received)
        {
            throw Refusal.Usage("This upload was begun for another received request.");
        }
        if (state.Sent.Count == 0)
        {
            var answer = await node.Post($"/api/received/{Uri.EscapeDataString(state.Received)}/transfers", offer.ToJson());
            if (answer == HttpStatusCode.Conflict)
            {
                await workplace.Error.WriteLineAsync("The node knows this transfer already; the upload goes on.");
            }
        }
        foreach (var item in offer.Items)
        {
            state = await Send(folder, offer.Transfer, item.Ref, state, node);
        }
        await workplace.Out.WriteLineAsync($"transfer {offer.Transfer} is with the node");
        return ExitCode.Valid;
    }

    private static async Task<UploadState> Send(string folder, string transfer, string itemRef, UploadState state, NodeClient node)
    {
        await using var file = new FileStream(Path.Combine(folder, $"{itemRef}.sealed"), new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        var part = new byte[Math.Min(NodeClient.PartLength, file.Length)];
        var from = state.Sent.GetValueOrDefault(itemRef);
        for (file.Position = from; from < file.Length;)
        {
            var length = await file.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false);
            await node.PutPart($"/api/transfers/{transfer}/items/{itemRef}/content", part.AsMemory(0, length), from, file.Length);
            from += length;
            // Written only after the node has the part: after a crash a part may be sent twice, never left out.
            state = state with { Sent = new(state.Sent) { [itemRef] = from } };
            Files.Replace(Path.Combine(folder, StateFile), JsonSerializer.SerializeToUtf8Bytes(state, StrictJson.Options));
        }
        return state;
    }

    private static UploadState? Read(string folder)
    {
        var path = Path.Combine(folder, StateFile);
        return !File.Exists(path) ? null
            : StrictJson.TryRead<UploadState>(Files.Read(path), out var state, out _) ? state
            : throw Refusal.Usage($"{path} is damaged; delete it to upload from the start.");
    }

    /// <param name="Received">The request that the transfer answers.</param>
    /// <param name="Sent">Bytes of each item that the node has.</param>
    private sealed record UploadState(string Received, Dictionary<string, long> Sent);
}
