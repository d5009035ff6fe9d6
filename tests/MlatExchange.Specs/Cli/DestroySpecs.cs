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
