using System.Text.Json;
using MlatExchange.Cli;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Specs.Cli;

/// <summary>Both prosecutors' machines with a demonstration's keys: one seals as XB for the judge of XA, the other opens.</summary>
public sealed class EvidenceDesk : IDisposable
{
    public const string Supplier = "https://node.xb.example";

    private EvidenceDesk(Desk desk) => Desk = desk;

    public Desk Desk { get; }

    public byte[] Content { get; } = System.Security.Cryptography.RandomNumberGenerator.GetBytes(300_000);

    public static async Task<EvidenceDesk> Make()
    {
        var made = new EvidenceDesk(new Desk());
        await made.Desk.Keys();
        Assert.Equal(ExitCode.Valid, await made.Desk.Run("keys", "transfer", made.At("transfer.jwk")));
        await File.WriteAllBytesAsync(made.At("mailbox.bin"), made.Content);
        await File.WriteAllTextAsync(
            made.At("terms.json"),
            """
            {
              "retention": {"maximumDays": 1095, "trigger": "final-judgment", "reviewEveryDays": 180, "disposal": "destroy-and-certify", "legalReference": "XA Act 12"},
              "conditions": [{"type": "UseOnlyFor", "value": "this case"}, {"type": "NoOnward"}]
            }
            """);
        return made;
    }

    public string At(params string[] path) => Desk.At(path);

    public string EvidenceThumbprint => Key("keys", "xa", "offline", "evidence", "xa-judge.jwk").Thumbprint;

    public EcKey Key(params string[] path)
    {
        Assert.True(EcKey.TryImport(File.ReadAllText(At(path)), out var key));
        return key;
    }

    public string[] SealArgs(params string[] more) =>
    [
        "seal", At("mailbox.bin"), "--ref", "i1", "--supplier", Supplier, "--authority", "xa-judge", "--evidence-key", EvidenceThumbprint, "--trust", At("keys", "trust"),
        "--data-category", "content", "--subject-category", "LED6a", "--terms", At("terms.json"), "--out", At("out"), .. more,
    ];

    /// <summary>Seals, and does as the supplier's node does on release: share B to the transfer key.</summary>
    public async Task SealAndRelease()
    {
        Assert.Equal(ExitCode.Valid, await Desk.Run(SealArgs()));
        await Release(Item());
    }

    public async Task Release(JsonElement item)
    {
        Assert.True(Base64Url.TryDecode(item.GetProperty("nodeShare").GetString(), out var b));
        await File.WriteAllTextAsync(At("a.jwe"), item.GetProperty("wrappedShare").GetString());
        await File.WriteAllTextAsync(At("b.jwe"), WrappedShare.WrapB(b, Key("transfer.jwk").Public, System.Security.Cryptography.RandomNumberGenerator.Fill));
    }

    public JsonElement Offer() => JsonDocument.Parse(File.ReadAllBytes(At("out", "offer.json"))).RootElement;

    public JsonElement Item(int index = 0) => Offer().GetProperty("items")[index];

    public string[] OpenArgs(params string[] more) =>
    [
        "open", At("out", "i1.sealed"), "--offer", At("out", "offer.json"), "--wrapped-share", At("a.jwe"), "--released-share", At("b.jwe"),
        "--evidence-key", At("keys", "xa", "offline", "evidence", "xa-judge.jwk"), "--transfer-key", At("transfer.jwk"), "--supplier", Supplier, "--ref", "i1",
        "--out", At("opened", "mailbox.bin"), "--place", "XA", "--basis", "EEV 5", .. more,
    ];

    public void Dispose() => Desk.Dispose();
}
