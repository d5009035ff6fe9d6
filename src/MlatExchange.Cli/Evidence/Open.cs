using System.CommandLine;
using System.Text;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Cli.Evidence;

/// <summary><c>mlat open</c>: an item becomes the file it was, or nothing is left.</summary>
internal static class Open
{
    internal static Command Command(Workplace workplace)
    {
        var options = new OpenOptions();
        var command = new Command("open", "Opens a sealed item with both shares. The file appears only when every byte of it is verified.")
        {
            options.Sealed, options.Offer, options.WrappedShare, options.ReleasedShare, options.EvidenceKey, options.TransferKey, options.Transfer, options.Ref, options.Supplier,
            options.Trust, options.Out, options.Stream, options.Custody.Key, options.Custody.Place, options.Custody.Basis, options.Custody.Exhibit, options.Node.Url, options.Node.Token,
        };
        command.SetAction(async parsed =>
        {
            using var node = options.Node.Client(parsed, workplace);
            var source = node is null ? options.FromFiles(parsed, workplace) : await options.FromNode(parsed, node, workplace);
            return await Run(source, parsed, options, node, workplace);
        });
        return command;
    }

    private static async Task<int> Run(OpenSource source, ParseResult parsed, OpenOptions options, NodeClient? node, Workplace workplace)
    {
        var (itemRef, file) = (parsed.GetRequiredValue(options.Ref), parsed.GetRequiredValue(options.Out));
        var telling = options.Custody.Told(parsed, source.Told);
        using var evidenceKey = Files.ReadKey(parsed.GetRequiredValue(options.EvidenceKey));
        using var transferKey = Files.ReadKey(parsed.GetRequiredValue(options.TransferKey));
        var shares = Shares(source, evidenceKey, transferKey, out var commitmentKey);
        var supplier = parsed.GetValue(options.Supplier) ?? source.Offered.Supplier ?? throw Refusal.Usage("--supplier: the offer does not say whose node supplies it.");
        var context = SealingContext.Of(supplier, source.Offered.Transfer, itemRef);
        try
        {
            Files.Whole(file, secret: true, output => Write(source, shares, context, commitmentKey, output, itemRef, workplace));
        }
        catch (Refusal) when (node is not null && source.Content is null)
        {
            File.Delete(source.SealedFile); // so that the next try fetches it anew
            throw;
        }
        shares.Clear();
        await workplace.Out.WriteLineAsync($"opened {itemRef} of transfer {source.Offered.Transfer}");
        await workplace.Out.WriteLineAsync(
            source.Offered.SignedBy is { } authority ? $"The offer is signed by {authority}." : "The offer's signature was not checked: give --trust, and a signed offer.");
        return await Custody(source, itemRef, file, telling, node, workplace);
    }

    private static OpeningVerdict Write(OpenSource source, ItemShares shares, byte[] context, byte[] commitmentKey, FileStream output, string itemRef, Workplace workplace)
    {
        if (source.Content is null && !File.Exists(source.SealedFile))
        {
            throw Refusal.Unavailable($"{source.SealedFile} is not there.");
        }
        using var bytes = source.Content?.Bytes ?? new FileStream(source.SealedFile, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 });
        using var progress = new ProgressLine(workplace, $"open {itemRef}", source.Content?.Length ?? bytes.Length);
        var came = 0L;
        int Read(Span<byte> buffer)
        {
            var read = bytes.Read(buffer);
            progress.At(came += read);
            return read;
        }

        var verdict = ItemSealing.Open(shares, context, commitmentKey, source.Offered.Digest.ToArray(), source.Offered.Commitment, Read, output.Write);
        return verdict == OpeningVerdict.Opened ? verdict : throw Refusal.Invalid(Sentence(verdict));
    }

    private static ItemShares Shares(OpenSource source, EcKey evidenceKey, EcKey transferKey, out byte[] commitmentKey)
    {
        if (WrappedShare.DigestOf(source.WrappedShare) != source.Offered.WrappedShare)
        {
            throw Refusal.Invalid("Share A is not the one that the offer names.");
        }
        if (!WrappedShare.TryOpenA(source.WrappedShare, evidenceKey, out var a, out var key, out var fault))
        {
            throw Refusal.Invalid(fault.Step == 3 ? "Share A is for another evidence key." : "Share A does not open.");
        }
        if (!WrappedShare.TryOpenB(source.ReleasedShare, transferKey, out var b, out fault))
        {
            throw Refusal.Invalid(fault.Step == 3 ? "Share B is for another transfer key." : "Share B does not open.");
        }
        if (Digest.Of(b) != source.Offered.NodeShare)
        {
            throw Refusal.Invalid("Share B is not the one that the offer names: an incident that a third party can check. Keep the release and report it.");
        }
        commitmentKey = key;
        return ItemShares.Of(a, b)!;
    }

    private static string Sentence(OpeningVerdict verdict) => verdict switch
    {
        OpeningVerdict.Digest => "The sealed file is not the one that the offer names: fetch it again. Nothing was kept.",
        OpeningVerdict.Key => "The offered file was sealed with other shares, or for another transfer or supplier: an incident to report. Nothing was kept.",
        OpeningVerdict.Chunk => "The offered file is not authentic: an incident to report. Nothing was kept.",
        OpeningVerdict.Padding => "The offered file is not padded as the format says: an incident to report. Nothing was kept.",
        _ => "The content is not the one that the offer commits to: an incident to report. Nothing was kept.",
    };

    private static async Task<int> Custody(OpenSource source, string itemRef, string file, CustodyTelling telling, NodeClient? node, Workplace workplace)
    {
        var record = telling.Sign(
            new(source.Offered.Transfer, itemRef, CustodyAction.Opened, workplace.NewId(), CustodyCopy.OpenedCopy, CustodyState.Unknown, source.Offered.Digest, Previous: telling.Head(itemRef) ?? source.Offered.KnownAct),
            workplace);
        Files.WriteNew(CustodyFile.Of(file), Encoding.ASCII.GetBytes(record));
        if (node is null)
        {
            await workplace.Out.WriteLineAsync($"Hand {CustodyFile.Of(file)} to your node.");
            return ExitCode.Valid;
        }
        await CustodyFile.HandIn(node, source.Offered.Transfer, record, workplace);
        if (source.Content is null) File.Delete(source.SealedFile);
        return ExitCode.Valid;
    }
}
