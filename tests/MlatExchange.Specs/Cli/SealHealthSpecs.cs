using System.Text;
using System.Text.Json;
using MlatExchange.Cli;
using MlatExchange.Specs.Deploy;
using MlatExchange.Specs.Health;

namespace MlatExchange.Specs.Cli;

/// <summary><c>mlat seal --fhir</c> on the supplying prosecutor's machine, and <c>mlat open</c> on the other.</summary>
public sealed class SealHealthSpecs
{
    [Fact]
    public async Task The_minimised_bundle_is_sealed_and_opens_with_a_report_beside_it()
    {
        using var desk = await EvidenceDesk.Make();
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(Args(desk, "--minimised", desk.At("read-me-first.json"))));
        Assert.Contains("removed 1 Patient.name: a name, number or address; the pseudonym stands for the person", desk.Desk.Output, StringComparison.Ordinal);
        Assert.Contains("kept: 1 Condition, 1 DiagnosticReport, 1 Encounter, 3 Observation, 1 Patient", desk.Desk.Output, StringComparison.Ordinal);
        Assert.Equal(["i1.custody.jwt", "i1.health.json", "i1.sealed", "offer.json"], desk.Desk.Files("out"));
        Assert.Equal(("application/fhir+json", "health"), (desk.Item().GetProperty("mediaType").GetString(), desk.Item().GetProperty("dataCategory").GetString()));

        await desk.Release(desk.Item());
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(desk.OpenArgs()));
        var opened = await File.ReadAllBytesAsync(desk.At("opened", "mailbox.bin"));
        Assert.Equal(await File.ReadAllBytesAsync(desk.At("read-me-first.json")), opened);
        Assert.Equal("Bundle", JsonDocument.Parse(opened).RootElement.GetProperty("resourceType").GetString());
        var told = Encoding.UTF8.GetString(opened) + await File.ReadAllTextAsync(desk.At("out", "i1.health.json")) + await File.ReadAllTextAsync(desk.At("out", "offer.json")) + desk.Desk.Output;
        Examination.TellsNothingOf(told);
    }

    [Fact]
    public async Task A_bundle_that_cannot_be_minimised_leaves_nothing_behind_and_every_fault_is_named()
    {
        using var desk = await EvidenceDesk.Make();
        await Refused(Examination.Bundle().With(all => { all.The("Observation")["code"]!.AsObject().Remove("coding"); all.The("Observation")["code"]!["text"] = "bruise of Maribelle"; }).ToJsonString(), "/entry/4/resource/code: cannot-minimise: ");
        await Refused("""{"resourceType":"Bundle","type":"collection","type":"collection"}""", "DuplicateMember at '/type'");
        await Refused(new string('[', 33) + new string(']', 33), "TooDeep");
        await Refused("{", "NotJson");
        await File.WriteAllBytesAsync(desk.At("export.json"), [(byte)'"', 0xFF, (byte)'"']);
        Assert.Equal(ExitCode.Usage, await desk.Desk.Run(Args(desk)));
        Assert.Contains("NotUtf8", desk.Desk.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(desk.At("out")));

        async Task Refused(string bundle, string sentence)
        {
            await File.WriteAllTextAsync(desk.At("export.json"), bundle);
            Assert.Equal(ExitCode.Usage, await desk.Desk.Run(Args(desk)));
            Assert.Contains(sentence, desk.Desk.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("Maribelle", desk.Desk.Errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--option", "OTHER")]
    [InlineData("--person", "Maribelle Quillfeather")]
    [InlineData("--legal-basis", "")]
    [InlineData("--data-category", "content")]
    [InlineData("--from", "2026-02-13")]
    public async Task What_is_asked_for_has_its_form(string option, string value)
    {
        using var desk = await EvidenceDesk.Make();
        var args = Args(desk);
        args[Array.IndexOf(args, option) + 1] = value;
        Assert.Equal(ExitCode.Usage, await desk.Desk.Run(args));
        Assert.False(Directory.Exists(desk.At("out")));
    }

    [Fact]
    public async Task Dates_of_one_person_are_shifted_alike_in_every_sealing_that_uses_her_file()
    {
        using var desk = await EvidenceDesk.Make();
        async Task<string> Opened(string item, params string[] more)
        {
            var args = Args(desk, ["--minimised", desk.At($"{item}.json"), .. more]);
            args[Array.IndexOf(args, "--ref") + 1] = item;
            args[Array.IndexOf(args, "--option") + 1] = "LABORATORY_RESULTS";
            Assert.Equal(ExitCode.Valid, await desk.Desk.Run(args));
            using var bundle = JsonDocument.Parse(await File.ReadAllBytesAsync(desk.At($"{item}.json")));
            return bundle.RootElement.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")).First(resource => resource.TryGetProperty("effectiveDateTime", out _)).GetProperty("effectiveDateTime").GetString()!;
        }

        string[] file = ["--subject-file", desk.At("v1.subject.json")];
        var first = await Opened("i1", file);
        Assert.DoesNotContain("kept nowhere", desk.Desk.Output, StringComparison.Ordinal);
        Assert.Equal(first, await Opened("i2", file));
        Assert.True(string.CompareOrdinal(first, "2026-02-11") < 0, first);
        await Opened("i3");
        Assert.Contains("kept nowhere", desk.Desk.Output, StringComparison.Ordinal);
        var other = Args(desk, file);
        other[Array.IndexOf(other, "--person") + 1] = "v2";
        other[Array.IndexOf(other, "--ref") + 1] = "i4";
        Assert.Equal(ExitCode.Usage, await desk.Desk.Run(other));
    }

    private static string[] Args(EvidenceDesk desk, params string[] more)
    {
        if (!File.Exists(desk.At("export.json"))) File.Copy(Tree.Path("contracts/evidence/health/bundle.example.json"), desk.At("export.json"));
        string[] args = [.. desk.SealArgs(), "--fhir", desk.At("export.json"), "--option", "FORENSIC_EXAMINATION", "--person", "v1", "--from", "2026-02-10", "--to", "2026-02-12", "--legal-basis", "BILATERAL:XA-XC 7", .. more];
        args[Array.IndexOf(args, "--data-category") + 1] = "health";
        return [args[0], .. args[2..]];
    }
}
