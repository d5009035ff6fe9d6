using System.CommandLine;
using System.Text;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Cli.Evidence;

/// <summary><c>mlat seal</c>: one file becomes one sealed item of an offer.</summary>
internal static class Seal
{
    internal const string ToolName = "mlat/1";

    internal static Command Command(Workplace workplace)
    {
        var options = new SealOptions();
        var command = new Command(
            "seal", "Seals a file for the authority that asked for it, in two shares: neither node can open it. With --node it is also offered and uploaded.")
        {
            options.File, options.Transfer, options.Ref, options.RequestItem, options.Supplier, options.Authority, options.EvidenceKey, options.Trust, options.MediaType,
            options.DataCategory, options.SubjectCategory, options.Handling, options.Terms, options.ReleaseBy, options.Expires, options.Out, options.Custody.Key,
            options.Custody.Place, options.Custody.Basis, options.Custody.Exhibit,
            options.Node.Url, options.Node.Token, options.Node.Received,
            options.Health.Bundle, options.Health.Options, options.Health.Person, options.Health.From, options.Health.To, options.Health.LegalBasis, options.Health.SubjectFile, options.Health.Minimised,
        };
        command.SetAction(async parsed =>
        {
            var folder = parsed.GetRequiredValue(options.Out);
            using var node = options.Node.Client(parsed, workplace);
            Run(parsed, options, folder, workplace);
            return node is null ? ExitCode.Valid : await Upload.Run(folder, node, parsed.GetValue(options.Node.Received), workplace);
        });
        return command;
    }

    private static void Run(ParseResult parsed, SealOptions options, string folder, Workplace workplace)
    {
        var trust = TrustFolder.Load(parsed.GetRequiredValue(options.Trust), workplace.Now);
        var supplier = parsed.GetRequiredValue(options.Supplier);
        var node = trust.Node(supplier) ?? throw Refusal.Invalid($"No trust list names a node {supplier}.");
        var evidenceKey = EvidenceKeyChoice.Find(trust, parsed.GetRequiredValue(options.Authority), parsed.GetRequiredValue(options.EvidenceKey), workplace.Now);
        var terms = OfferedTerms.Read(parsed.GetRequiredValue(options.Terms));
        var itemRef = parsed.GetRequiredValue(options.Ref);
        var telling = options.Custody.Told(parsed, node.Jurisdiction, terms.Retention.LegalReference);
        var file = parsed.GetValue(options.File);
        var history = file is null ? [] : CustodyFile.Read(file);
        var offer = Offer(parsed, options, folder, history is [var first, ..] ? first.Record.Transfer : null, workplace);
        if (offer.Items.Any(item => item.Ref == itemRef))
        {
            throw Refusal.Unavailable($"The transfer has an item {itemRef} already. A sealing is never repeated under the same reference.");
        }

        var health = SealedHealth.Of(parsed, options, workplace);
        using Stream content = health is null ? Content(parsed.GetValue(options.File)) : health.Content();
        var shares = ItemShares.Draw(workplace.Random);
        var commitmentKey = new byte[ItemSealing.CommitmentKeyLength];
        workplace.Random(commitmentKey);
        var item = Write(content, Path.Combine(folder, $"{itemRef}.sealed"), shares, Context(supplier, offer.Transfer, itemRef), commitmentKey, workplace);
        var digest = new Digest(item.Digest);
        if (history.Any(told => told.Record.Transfer != offer.Transfer || told.Record.Ref != itemRef))
        {
            throw Refusal.Usage($"{CustodyFile.Of(file!)} tells of another transfer or item.");
        }
        var custody = telling.Sign(new(offer.Transfer, itemRef, CustodyAction.Sealed, workplace.NewId(), CustodyCopy.SealedFile, CustodyState.Unknown, digest, Previous: history is [.., var last] ? last.Digest : null), workplace);
        var draft = new SealedItemDraft(
            itemRef,
            parsed.GetValue(options.RequestItem) ?? itemRef,
            item.PaddedLength,
            digest,
            Base64Url.Encode(item.Commitment),
            health is null ? parsed.GetRequiredValue(options.MediaType) : SealedHealth.MediaType,
            parsed.GetRequiredValue(options.DataCategory),
            parsed.GetRequiredValue(options.SubjectCategory),
            parsed.GetRequiredValue(options.Handling),
            custody,
            WrappedShare.WrapA(shares.A, commitmentKey, evidenceKey, workplace.Random),
            Base64Url.Encode(shares.B),
            terms.Retention,
            terms.Conditions,
            "cli",
            history.Count == 0 ? null : [.. history.Select(told => told.Text)]);
        Files.WriteNew(Path.Combine(folder, $"{itemRef}.custody.jwt"), Encoding.ASCII.GetBytes(custody));
        health?.Report(Path.Combine(folder, $"{itemRef}.health.json"), workplace);
        Files.Replace(Path.Combine(folder, OfferDraft.FileName), (offer with { Items = [.. offer.Items, draft] }).ToJson());
        workplace.Out.WriteLine($"transfer {offer.Transfer}");
        workplace.Out.WriteLine($"item {itemRef}: {item.SealedLength} bytes sealed, {digest}");
        workplace.Out.WriteLine($"for {parsed.GetRequiredValue(options.Authority)}: {Fingerprint.Words(evidenceKey)}");
        workplace.Out.WriteLine("Compare these words with the requesting authority over another channel.");
    }

    private static OfferDraft Offer(ParseResult parsed, SealOptions options, string folder, string? told, Workplace workplace)
    {
        var transfer = parsed.GetRequiredValue(options.Transfer) is var given && given == "new" && told is not null ? told : given;
        if (File.Exists(Path.Combine(folder, OfferDraft.FileName)))
        {
            var begun = OfferDraft.Read(folder);
            return transfer == "new" || transfer == begun.Transfer ? begun : throw Refusal.Usage($"{folder} holds another transfer.");
        }
        if (transfer != "new" && !SealingContext.IsTransfer(transfer))
        {
            throw Refusal.Usage($"{transfer} is not the wire id of a transfer (22 characters of base64url).");
        }
        return new(
            transfer == "new" ? workplace.NewId() : transfer,
            parsed.GetValue(options.ReleaseBy) ?? workplace.Now.AddDays(3),
            parsed.GetValue(options.Expires) ?? workplace.Now.AddDays(30),
            []);
    }

    private static byte[] Context(string supplier, string transfer, string itemRef)
    {
        try
        {
            return SealingContext.Of(supplier, transfer, itemRef);
        }
        catch (ArgumentException e)
        {
            throw Refusal.Usage($"Cannot seal: {e.Message}.");
        }
    }

    private static FileStream Content(string? file) => file is null ? throw Refusal.Usage("What is to be sealed? A FILE, or --fhir with a bundle.")
        : !File.Exists(file) ? throw Refusal.Unavailable($"{file} is not there.")
        : new FileStream(file, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 });

    private static SealedItem Write(Stream content, string destination, ItemShares shares, byte[] context, byte[] commitmentKey, Workplace workplace)
    {
        using var progress = new ProgressLine(workplace, $"seal {Path.GetFileNameWithoutExtension(destination)}", content.Length);
        int Read(Span<byte> buffer)
        {
            var read = content.Read(buffer);
            progress.At(content.Position);
            return read;
        }

        return Files.Whole(destination, secret: false, output =>
        {
            try
            {
                return ItemSealing.Seal(shares, context, commitmentKey, workplace.Random, content.Length, Read, output.Write);
            }
            catch (EndOfStreamException)
            {
                throw Refusal.Unavailable("The file changed while it was being sealed. Nothing was kept; seal it again.");
            }
        });
    }
}
