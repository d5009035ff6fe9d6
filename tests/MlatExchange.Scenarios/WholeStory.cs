using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>Case 03 from the draft to the certificate, as the tool of the demonstration plays it.</summary>
[Collection(Scenario.Name)]
public class WholeStory(TwoJurisdictions nodes)
{
    [Fact]
    public async Task A_request_ends_in_opened_evidence_its_certified_destruction_and_a_proof_for_both_oversight_bodies()
    {
        var (said, faults) = (new StringWriter(), new StringWriter());
        var code = await Mlat.Run(
            ["demo", "--requesting", nodes.Xa.Url, "--requested", nodes.Xb.Url, "--keys", nodes.Keys, "--work", nodes.NewFolder()],
            Workplace.Real with { Out = said, Error = faults });
        Assert.True(code == 0, $"exit code {code}: {faults}");
        Assert.Contains("byte for byte what was sealed", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, said.ToString().Split('\n').Count(line => line.Contains(" proven ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_story_against_a_node_that_is_not_there_fails()
    {
        var code = await Mlat.Run(
            ["demo", "--requesting", "http://127.0.0.1:1", "--requested", nodes.Xb.Url, "--keys", nodes.Keys, "--work", nodes.NewFolder()],
            Workplace.Real with { Out = TextWriter.Null, Error = TextWriter.Null });
        Assert.NotEqual(0, code);
    }
}
