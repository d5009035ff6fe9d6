using System.Text.Json.Nodes;
using MlatExchange.Cli;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Specs.Cli;

public sealed class SealAndOpenSpecs
{
    [Fact]
    public async Task What_one_prosecutor_seals_the_other_opens_byte_for_byte()
    {
        using var desk = await EvidenceDesk.Make();
        await desk.SealAndRelease();
        Assert.Contains("Compare these words", desk.Desk.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(desk.OpenArgs()));
        Assert.Equal(desk.Content, await File.ReadAllBytesAsync(desk.At("opened", "mailbox.bin")));
        Assert.Equal(["mailbox.bin", "mailbox.bin.custody.jwt"], desk.Desk.Files("opened"));
        Assert.Equal(desk.Content, await File.ReadAllBytesAsync(desk.At("mailbox.bin")));
    }

    [Fact]
    public async Task The_offer_says_what_the_act_will_say_and_the_custody_record_is_signed()
    {
        using var desk = await EvidenceDesk.Make();
        await desk.SealAndRelease();
        var item = desk.Item();
        var file = await File.ReadAllBytesAsync(desk.At("out", "i1.sealed"));
        using var digest = PieceHash.Digest();
        digest.Append(file);
        Assert.Equal(new Digest(digest.Finish()).ToString(), item.GetProperty("digest").GetString());
        Assert.Equal(Padme.PaddedLength(desk.Content.Length + 8), item.GetProperty("size").GetInt64());
        Assert.True(WireId.Is(desk.Offer().GetProperty("transfer").GetString()!));
        Assert.Equal("i1", item.GetProperty("requestItem").GetString());
        Assert.Equal("cli", item.GetProperty("tool").GetString());
        Assert.Equal(1095, item.GetProperty("retention").GetProperty("maximumDays").GetInt32());
        Assert.Equal("this case", item.GetProperty("conditions")[0].GetProperty("value").GetString());
        Assert.False(item.GetProperty("conditions")[1].TryGetProperty("value", out _));

        Assert.True(CustodyRecord.TryRead(item.GetProperty("custody").GetString()!, out var record));
        Assert.Equal((CustodyAction.Sealed, CustodyCopy.SealedFile, "i1"), (record.Action, record.What, record.Ref));
        Assert.Equal(item.GetProperty("digest").GetString(), record.Sealed.ToString());
        Assert.False(CustodyRecord.TryRead(item.GetProperty("custody").GetString()![..^4] + "AAAA", out _));
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(desk.OpenArgs()));
        Assert.True(CustodyRecord.TryRead(await File.ReadAllTextAsync(desk.At("opened", "mailbox.bin.custody.jwt")), out record));
        Assert.Equal((CustodyAction.Opened, CustodyState.Unknown), (record.Action, record.State));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(20_000)]
    [InlineData(-1)]
    public async Task One_changed_byte_leaves_nothing_on_the_disk(int at)
    {
        using var desk = await EvidenceDesk.Make();
        await desk.SealAndRelease();
        var file = await File.ReadAllBytesAsync(desk.At("out", "i1.sealed"));
        file[at < 0 ? ^1 : at] ^= 1;
        await File.WriteAllBytesAsync(desk.At("out", "i1.sealed"), file);
        Assert.Equal(ExitCode.Invalid, await desk.Desk.Run(desk.OpenArgs()));
        Assert.Contains("not the one that the offer names", desk.Desk.Errors, StringComparison.Ordinal);
        Assert.Empty(desk.Desk.Files("opened"));
    }

    [Fact]
    public async Task The_wrong_key_the_wrong_share_and_the_wrong_place_are_told_apart()
    {
        using var desk = await EvidenceDesk.Make();
        await desk.SealAndRelease();
        await desk.Desk.Run("keys", "transfer", desk.At("other.jwk"));
        await Refused("another evidence key", "--evidence-key", desk.At("keys", "xa", "offline", "evidence", "xa-police.jwk"));
        await Refused("another transfer key", "--transfer-key", desk.At("other.jwk"));
        await Refused("other shares, or for another transfer or supplier", "--supplier", "https://node.xc.example");
        await Refused("has no item", "--ref", "i2");

        await File.WriteAllTextAsync(desk.At("b.jwe"), WrappedShare.WrapB(new byte[32], desk.Key("transfer.jwk").Public, System.Security.Cryptography.RandomNumberGenerator.Fill));
        await Refused("Share B is not the one");
        await File.WriteAllTextAsync(desk.At("a.jwe"), WrappedShare.WrapA(new byte[32], new byte[32], desk.Key("other.jwk").Public, System.Security.Cryptography.RandomNumberGenerator.Fill));
        await Refused("Share A is not the one");

        async Task Refused(string sentence, params string[] changed)
        {
            var args = desk.OpenArgs();
            for (var i = 0; i < changed.Length; i += 2)
            {
                args[Array.IndexOf(args, changed[i]) + 1] = changed[i + 1];
            }
            Assert.Equal(ExitCode.Invalid, await desk.Desk.Run(args));
            Assert.Contains(sentence, desk.Desk.Errors, StringComparison.Ordinal);
            Assert.False(Directory.Exists(desk.At("opened")) && desk.Desk.Files("opened").Length > 0);
        }
    }

    [Fact]
    public async Task Content_that_the_offer_does_not_commit_to_is_an_incident()
    {
        using var desk = await EvidenceDesk.Make();
        await desk.SealAndRelease();
        var offer = JsonNode.Parse(await File.ReadAllTextAsync(desk.At("out", "offer.json")))!;
        offer["items"]![0]!["commitment"] = Base64Url.Encode(new byte[32]);
        await File.WriteAllTextAsync(desk.At("out", "offer.json"), offer.ToJsonString());
        Assert.Equal(ExitCode.Invalid, await desk.Desk.Run(desk.OpenArgs()));
        Assert.Contains("commits to", desk.Desk.Errors, StringComparison.Ordinal);
        Assert.Empty(desk.Desk.Files("opened"));
    }

    [Fact]
    public async Task Sealing_goes_only_to_a_key_that_the_pinned_trust_names()
    {
        using var desk = await EvidenceDesk.Make();
        await Refused("--evidence-key", desk.Key("keys", "xa", "offline", "evidence", "xa-police.jwk").Thumbprint);
        await Refused("--evidence-key", desk.Key("transfer.jwk").Thumbprint);
        await Refused("--authority", "xa-nobody");
        await Refused("--supplier", "https://node.xd.example");
        Assert.False(Directory.Exists(desk.At("out")));

        await File.WriteAllTextAsync(desk.At("evidence.pub"), desk.Key("keys", "xa", "offline", "evidence", "xa-judge.jwk").PublicJwk);
        var args = desk.SealArgs();
        args[Array.IndexOf(args, "--evidence-key") + 1] = desk.At("evidence.pub");
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(args));

        async Task Refused(string option, string value)
        {
            var changed = desk.SealArgs();
            changed[Array.IndexOf(changed, option) + 1] = value;
            Assert.Equal(ExitCode.Invalid, await desk.Desk.Run(changed));
        }
    }

    [Fact]
    public async Task A_second_item_joins_the_transfer_and_a_reference_is_sealed_once()
    {
        using var desk = await EvidenceDesk.Make();
        await desk.SealAndRelease();
        Assert.Equal(ExitCode.Unavailable, await desk.Desk.Run(desk.SealArgs()));
        var second = desk.SealArgs();
        second[Array.IndexOf(second, "--ref") + 1] = "i2";
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(second));
        Assert.Equal(2, desk.Offer().GetProperty("items").GetArrayLength());
        Assert.NotEqual(desk.Item(0).GetProperty("nodeShare").GetString(), desk.Item(1).GetProperty("nodeShare").GetString());
        Assert.Equal(["i1.custody.jwt", "i1.sealed", "i2.custody.jwt", "i2.sealed", "offer.json"], desk.Desk.Files("out"));
    }

    [Fact]
    public async Task Neither_the_output_nor_the_errors_show_content_or_shares()
    {
        using var desk = await EvidenceDesk.Make();
        await desk.SealAndRelease();
        var shown = desk.Desk.Output + desk.Desk.Errors;
        Assert.DoesNotContain(desk.Item().GetProperty("nodeShare").GetString()!, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(desk.Item().GetProperty("wrappedShare").GetString()!, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("this case", shown, StringComparison.Ordinal);
    }
}
