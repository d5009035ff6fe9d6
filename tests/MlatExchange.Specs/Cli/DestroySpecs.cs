using MlatExchange.Cli;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Specs.Cli;

public sealed class DestroySpecs
{
    private const string Transfer = "AAECAwQFBgcICQoLDA0ODw";

    [Fact]
    public async Task A_transfer_key_is_deleted_and_a_signed_record_says_so()
    {
        using var desk = await EvidenceDesk.Make();
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(["destroy", desk.At("transfer.jwk"), "--transfer", Transfer, "--place", "XA", "--basis", "EEV 5"]));
        Assert.False(File.Exists(desk.At("transfer.jwk")));
        var record = Record(desk, "transfer.jwk.destroyed.jwt");
        Assert.Equal((Transfer, null, CustodyCopy.TransferKey, CustodyState.Destroyed, CustodyAction.Destroyed), (record.Transfer, record.Ref, record.What, record.State, record.Action));
    }

    [Fact]
    public async Task An_opened_file_that_is_kept_stays_and_the_record_names_the_same_copy_and_the_reference()
    {
        using var desk = await EvidenceDesk.Make();
        await desk.SealAndRelease();
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(desk.OpenArgs()));
        Assert.True(CustodyRecord.TryRead(await File.ReadAllTextAsync(desk.At("opened", "mailbox.bin.custody.jwt")), out var opened));
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(["destroy", desk.At("opened", "mailbox.bin"), "--kept", "court file 17"]));
        Assert.True(File.Exists(desk.At("opened", "mailbox.bin")));
        var kept = Record(desk, "opened", "mailbox.bin.kept.jwt");
        Assert.Equal((opened.Copy, opened.Ref, "court file 17", CustodyState.Kept), (kept.Copy, kept.Ref, kept.Reference, kept.State));
    }

    [Fact]
    public async Task A_sealed_file_is_accounted_for_after_its_sealing()
    {
        using var desk = await EvidenceDesk.Make();
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(desk.SealArgs()));
        Assert.True(CustodyRecord.TryRead(desk.Item().GetProperty("custody").GetString()!, out var sealing));
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(["destroy", desk.At("out", "i1.sealed")]));
        Assert.False(File.Exists(desk.At("out", "i1.sealed")));
        var record = Record(desk, "out", "i1.sealed.destroyed.jwt");
        Assert.Equal((sealing.Copy, CustodyCopy.SealedFile, CustodyAction.Destroyed), (record.Copy, record.What, record.Action));
        Assert.Equal(MlatExchange.Protocol.Jose.CompactJws.DigestOf(desk.Item().GetProperty("custody").GetString()!), record.Previous);
    }

    [Fact]
    public async Task What_was_done_with_a_file_is_one_chain_from_its_collection_on()
    {
        using var desk = await EvidenceDesk.Make();
        string[] told = ["--place", "XB", "--basis", "XB Act 9"];
        Assert.Equal(ExitCode.Usage, await desk.Desk.Run(["custody", "collected", desk.At("mailbox.bin"), "--ref", "i1", "--place", "the cellar", "--basis", "XB Act 9"]));
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(["custody", "collected", desk.At("mailbox.bin"), "--ref", "i1", "--exhibit", "A-17", .. told]));
        Assert.Equal(ExitCode.Usage, await desk.Desk.Run(["custody", "analysed", desk.At("mailbox.bin")]));
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(["custody", "analysed", desk.At("mailbox.bin"), "--purpose", "establish-the-facts"]));
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(desk.SealArgs()));
        string[] chain = [.. desk.Item().GetProperty("history").EnumerateArray().Select(record => record.GetString()!), desk.Item().GetProperty("custody").GetString()!];
        Assert.Equal([CustodyAction.Collected, CustodyAction.Analysed, CustodyAction.Sealed], chain.Select(text => CustodyRecord.TryRead(text, out var record) ? record.Action : default));
        Assert.All(chain.Zip(chain[1..]), pair => Assert.Equal(
            MlatExchange.Protocol.Jose.CompactJws.DigestOf(pair.First), CustodyRecord.TryRead(pair.Second, out var record) ? record.Previous : null));
    }

    [Fact]
    public async Task Whatever_is_neither_is_left_alone()
    {
        using var desk = await EvidenceDesk.Make();
        Assert.Equal(ExitCode.Usage, await desk.Desk.Run(["destroy", desk.At("mailbox.bin"), "--transfer", Transfer]));
        Assert.Equal(ExitCode.Usage, await desk.Desk.Run(["destroy", desk.At("transfer.jwk")]));
        Assert.Equal(ExitCode.Unavailable, await desk.Desk.Run(["destroy", desk.At("nothing"), "--transfer", Transfer]));
        Assert.True(File.Exists(desk.At("mailbox.bin")) && File.Exists(desk.At("transfer.jwk")));
    }

    private static CustodyRecord Record(EvidenceDesk desk, params string[] file)
    {
        Assert.True(CustodyRecord.TryRead(File.ReadAllText(desk.At(file)), out var record));
        return record;
    }
}
