using System.Text.RegularExpressions;

namespace MlatExchange.Specs.Deploy;

public sealed class DemoSpecs
{
    private static readonly string Script = Tree.Read("deploy/demo.d/jurisdictions.sh");

    [Fact]
    public void Every_setting_that_the_demonstration_gives_is_one_that_the_code_reads()
    {
        var names = Regex.Matches(Script, "\"([A-Z][A-Za-z]+:[A-Za-z]+)[=:]").Select(match => match.Groups[1].Value).Distinct().ToArray();

        Assert.True(names.Length > 12, "the settings are not found where they were");
        Assert.All(names, name => Assert.True(SettingNames.OfTheNode.Knows(name), $"no code reads {name}"));
    }

    [Theory]
    [InlineData("xa", 5101)]
    [InlineData("xb", 5102)]
    [InlineData("xc", 5103)]
    public void The_nodes_stand_where_the_interface_says(string code, int port) => Assert.Matches($@"{code}\) echo {port} ;;", Script);
}
