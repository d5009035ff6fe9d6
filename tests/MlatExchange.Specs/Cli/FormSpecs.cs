using System.Text.Json.Nodes;
using MlatExchange.Cli;
using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Specs.Forms;
using MlatExchange.Specs.Protocol.Bundles;
using MlatExchange.Specs.Protocol.Messages;
using MlatExchange.Specs.Protocol.Verification;
using MlatExchange.Specs.RulePacks;

namespace MlatExchange.Specs.Cli;

/// <summary><c>mlat form</c>: the form of a signed request on an official's own machine.</summary>
public sealed class FormSpecs : IDisposable
{
    private readonly Desk desk = new();

    public FormSpecs()
    {
        File.WriteAllBytes(desk.At("anchors.json"), World.Usual.Anchors.ToJson());
        var n = 0;
        foreach (var list in World.Usual.Lists) File.WriteAllText(desk.At($"{n++}.jwt"), list);
    }

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task A_signed_request_becomes_its_form_with_where_each_value_is_from()
    {
        Assert.Equal(ExitCode.Valid, await Form(Bundle(Packs.All.For("EEV")!.Digest), "--json"));
        var form = JsonNode.Parse(desk.Output)!;
        Assert.Equal(("epoc@2", true, ""), ((string?)form["form"], (bool?)form["signed"], desk.Errors));
        Assert.Equal(("XA-2026-000130", "act/reference"), ((string?)Field(form, "A", "file-number")["lines"]![0], (string?)Field(form, "A", "file-number")["pointer"]));
        Assert.Equal("someone@example.invalid", (string?)Field(form, "E", "identifier")["lines"]![0]);
        Assert.Equal("https://xa-prosecutor.xa.example", (string?)Field(form, "I", "entity")["lines"]![0]);
        Assert.Contains(Field(form, "C", "deadline-code")["ticks"]!.AsArray(), tick => (bool)tick!["ticked"]!);
        Assert.Empty(form["blank"]!.AsArray());
    }

    [Fact]
    public async Task The_page_is_whole_in_itself_and_a_file_is_written_once()
    {
        Assert.Equal(ExitCode.Valid, await Form(Bundle(Packs.All.For("EEV")!.Digest), "--language", "fr", "--out", desk.At("form.html")));
        var page = await File.ReadAllTextAsync(desk.At("form.html"));
        Assert.Contains("<html lang=\"fr\">", page, StringComparison.Ordinal);
        Assert.Contains("@page", page, StringComparison.Ordinal);
        Assert.DoesNotContain("watermark", page[page.IndexOf("<body", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unavailable, await Form(Bundle(Packs.All.For("EEV")!.Digest), "--out", desk.At("form.html")));
    }

    [Fact]
    public async Task Without_the_pack_it_was_signed_under_nothing_is_computed_and_that_is_said()
    {
        Assert.Equal(ExitCode.Valid, await Form(Bundle("sha-256:" + Base64Url.Encode(Acts.DigestOf("a pack of elsewhere").ToArray())), "--json"));
        Assert.Contains("left blank", desk.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Field(JsonNode.Parse(desk.Output)!, "C", "deadline-code")["ticks"]!.AsArray(), tick => (bool)tick!["ticked"]!);
    }

    [Fact]
    public async Task What_was_changed_or_is_no_request_has_no_form()
    {
        var bundle = Bundle(Packs.All.For("EEV")!.Digest);
        Assert.Equal(ExitCode.Invalid, await Form(bundle with { Message = bundle.Message[..^4] + "AAAA" }, "--json"));
        Assert.Contains("does not hold", desk.Errors, StringComparison.Ordinal);
        Assert.Equal("", desk.Output);
        Assert.Equal(ExitCode.Usage, await Form(bundle, "--form", "bc29"));
        Assert.Contains("epoc", desk.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Invalid, await Form(BundleExample.Of(new(new MessageBody.Ping())), "--json"));
        Assert.Contains("no request", desk.Errors, StringComparison.Ordinal);
    }

    private static BundleFile Bundle(string pack)
    {
        var (body, disclosures) = Acts.Request();
        var act = World.SignAct("xa/prosecutor", body with { Assessment = body.Assessment with { PackDigest = Digest.Parse(pack) } });
        return BundleExample.Of(CasesOfGoodMessages.Carry(act) with { Disclosed = disclosures });
    }

    private static JsonNode Field(JsonNode form, string section, string field) => form["sections"]!.AsArray().Single(s => (string?)s!["id"] == section)!["groups"]![0]!["fields"]!.AsArray().Single(f => (string?)f!["id"] == field)!;

    private async Task<int> Form(BundleFile bundle, params string[] more)
    {
        await File.WriteAllBytesAsync(desk.At("bundle.json"), bundle.ToJson());
        return await desk.Run(["form", desk.At("bundle.json"), "--trust", desk.Folder, "--forms", FormSamples.Folder, "--packs", Packs.Folder, .. more]);
    }
}
