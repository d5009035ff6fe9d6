using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Evidence;

/// <summary>Sealed bytes of transfers on either side: first half-written, then whole under their own digest. What is served is always whole and verified.</summary>
public sealed class EvidenceFiles(IncomingFiles incoming, IBlobStore store, TransferRates rates)
{
    /// <summary>Bytes of an item when sealed.</summary>
    /// <param name="padded">Bytes of the padded plaintext, as the offer states them.</param>
    public static long SealedLength(long padded) => ChunkedMessage.SealedLength(padded);

    /// <summary>Whether the whole item is here.</summary>
    public async Task<bool> IsKept(string transfer, string digest, CancellationToken cancellation) => await store.Length(Name(transfer, digest), cancellation) is not null;

    /// <summary>Bytes here of an item, whole or half-written.</summary>
    public async Task<long> Received(string transfer, string item, string digest, CancellationToken cancellation) =>
        await store.Length(Name(transfer, digest), cancellation) ?? incoming.Length(transfer, item);

    /// <summary>When the last byte of a half-written item came; null where there is none.</summary>
    public DateTimeOffset? LastWrite(string transfer, string item) => incoming.LastWrite(transfer, item);

    /// <summary>How far an item is.</summary>
    public async Task<ItemProgress> Progress(string transfer, string item, string digest, long padded, CancellationToken cancellation) =>
        ItemProgress.Of(item, await Received(transfer, item, digest, cancellation), SealedLength(padded), rates.Of(transfer, item));

    /// <summary>The half-written item, open and locked; null while another call writes it.</summary>
    public IncomingFile? Begin(string transfer, string item) => incoming.TryOpen(transfer, item);

    /// <summary>Appends what a sender gives, and keeps count.</summary>
    public Task<long> Append(IncomingFile file, string transfer, string item, Stream source, long most, Action<ReadOnlyMemory<byte>>? seen, CancellationToken cancellation) =>
        file.Append(source, most, length => rates.Moved(transfer, item, length), seen, cancellation);

    /// <summary>The digest of an item that is complete. The described one: the item is whole now, under its name. Another: it stays half-written until <see cref="Discard"/>.</summary>
    public async Task<string> Settle(IncomingFile file, string transfer, string item, string described, CancellationToken cancellation)
    {
        var found = file.Digest().ToString();
        if (found == described) await store.Keep(Name(transfer, described), file.Path, cancellation);
        rates.Ended(transfer, item);
        return found;
    }

    /// <summary>Removes a half-written item; false while another call writes it.</summary>
    public bool Discard(string transfer, string item)
    {
        using var file = incoming.TryOpen(transfer, item);
        file?.Delete();
        rates.Ended(transfer, item);
        return file is not null;
    }

    /// <summary>Bytes of a whole item; null when it is not here.</summary>
    public Task<long?> Length(string transfer, string digest, CancellationToken cancellation) => store.Length(Name(transfer, digest), cancellation);

    /// <summary>Bytes of a whole item.</summary>
    public Task<Stream> Open(string transfer, string digest, long from, long length, CancellationToken cancellation) => store.Open(Name(transfer, digest), from, length, cancellation);

    /// <summary>Removes all that a transfer has here, half-written or whole; nothing is no error.</summary>
    public async Task DeleteAll(string transfer, CancellationToken cancellation)
    {
        incoming.DeleteAll(transfer);
        await store.DeleteAll(transfer, cancellation);
    }

    private static BlobName Name(string transfer, string digest) => new(transfer, Digest.Parse(digest));
}
