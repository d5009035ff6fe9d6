using System.Text.Json.Nodes;
using MlatExchange.Cli;
using MlatExchange.Specs.Deploy;
using MlatExchange.Specs.Requests;

namespace MlatExchange.Specs.Cli;

/// <summary>A ministry tries its pack on its own case files.</summary>
public sealed class RulesTestSpecs : IDisposable
{
    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("eev@2", 5)]
    [InlineData("eio@1", 1)]
    [InlineData("bc29@2", 1)]
    [InlineData("bilateral-xa-xc@1", 2)]
    [InlineData("eev@3", 5)]
    [InlineData("eio@2", 1)]
    [InlineData("bc29@3", 1)]
    [InlineData("bilateral-xa-xc@2", 2)]
    public async Task The_packs_come_to_what_the_case_files_expect(string pack, int cases)
    {
        foreach (var number in CaseFile.Numbers) Write(number, CaseFile.Load(number));
        Assert.Equal(ExitCode.Valid, await desk.Run("rules", "test", Tree.Path($"contracts/rule-packs/{pack}.json"), desk.At("cases"), "--on", "2026-11-22"));
        Assert.Contains($"{cases} cases under ", desk.Output, StringComparison.Ordinal);
        Assert.Contains(", 0 differ", desk.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_is_told_with_what_was_expected_and_what_came()
    {
        var file = CaseFile.Load("04");
        file.Expect["requesting"] = "pass";
        file.Expect["deadline"] = new JsonObject { ["rule"] = "EEV 10(4)", ["hours"] = 8 };
        Write("04", file);
        Assert.Equal(ExitCode.Invalid, await desk.Run("rules", "test", Tree.Path("contracts/rule-packs/eev@2.json"), desk.At("cases"), "--on", "2026-11-22"));
        Assert.Contains("requesting: expected pass, came to block", desk.Output, StringComparison.Ordinal);
        Assert.Contains("requesting deadline: expected EEV 10(4) 8, came to EEV 10(2) 10", desk.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_draft_a_faulty_pack_and_a_folder_without_cases_are_told()
    {
        var file = CaseFile.Load("01");
        file.Request["surprise"] = 1;
        Write("01", file);
        var pack = Tree.Path("contracts/rule-packs/eev@2.json");
        Assert.Equal(ExitCode.Invalid, await desk.Run("rules", "test", pack, desk.At("cases"), "--on", "2026-11-22"));
        Assert.Contains("/surprise unknown-member", desk.Output, StringComparison.Ordinal);
        Assert.NotEqual(ExitCode.Valid, await desk.Run("rules", "test", desk.At("cases", "01.json"), desk.At("cases"), "--on", "2026-11-22"));
        Assert.NotEqual(ExitCode.Valid, await desk.Run("rules", "test", Tree.Path("contracts/rule-packs/eio@1.json"), desk.At("cases")));
    }

    private void Write(string number, CaseFile file)
    {
        Directory.CreateDirectory(desk.At("cases"));
        File.WriteAllText(desk.At("cases", $"{number}.json"), new JsonObject { ["request"] = file.Request.DeepClone(), ["expect"] = file.Expect.DeepClone() }.ToJsonString());
    }
}
