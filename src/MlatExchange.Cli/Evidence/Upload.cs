using System.CommandLine;
using System.Net;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli.Evidence;

/// <summary><c>mlat upload</c>: hands a folder that <c>mlat seal</c> wrote to the node, by tus; the node knows how far it got, so a broken line, or the command called again, goes on from there.</summary>
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
        var state = Read(folder) ?? new(received ?? throw Refusal.Usage("--received names the request that the transfer answers."));
        if (received is not null && received != state.Received)
        {
            throw Refusal.Usage("This upload was begun for another received request.");
        }
        Files.Replace(Path.Combine(folder, StateFile), JsonSerializer.SerializeToUtf8Bytes(state, StrictJson.Options));
        var answer = await node.Post($"/api/received/{Uri.EscapeDataString(state.Received)}/transfers", offer.ToJson());
        if (answer == HttpStatusCode.Conflict)
        {
            await workplace.Error.WriteLineAsync("The node knows this transfer already; the upload goes on.");
        }
        foreach (var item in offer.Items)
        {
            await Send(folder, offer.Transfer, item.Ref, node, workplace);
        }
        await workplace.Out.WriteLineAsync($"transfer {offer.Transfer} is with the node");
        return ExitCode.Valid;
    }

    private static async Task Send(string folder, string transfer, string itemRef, NodeClient node, Workplace workplace)
    {
        await using var file = new FileStream(Path.Combine(folder, $"{itemRef}.sealed"), new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        var path = $"/api/uploads/{transfer}/{itemRef}";
        var offset = await node.Offset(path);
        using var progress = new ProgressLine(workplace, $"upload {itemRef}", file.Length, offset);
        while (offset < file.Length)
        {
            file.Position = offset;
            try
            {
                offset = await node.Append(path, file, offset, progress.At);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                // As long as bytes got through before the line broke, it is worth going on.
                var durable = await node.Offset(path);
                if (durable <= offset)
                {
                    throw;
                }
                offset = durable;
            }
        }
    }

    private static UploadState? Read(string folder)
    {
        var path = Path.Combine(folder, StateFile);
        return !File.Exists(path) ? null
            : StrictJson.TryRead<UploadState>(Files.Read(path), out var state, out _) ? state
            : throw Refusal.Usage($"{path} is damaged; delete it and name the request with --received.");
    }

    /// <param name="Received">The request that the transfer answers.</param>
    private sealed record UploadState(string Received);
}
