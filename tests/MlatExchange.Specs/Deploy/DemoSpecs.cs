namespace MlatExchange.Specs.Deploy;

public sealed class DemoSpecs
{
    private static readonly string Script = Tree.Read("deploy/demo.d/jurisdictions.sh");

    [Theory]
    [InlineData("xa", 5101)]
    [InlineData("xb", 5102)]
    [InlineData("xc", 5103)]
    public void The_nodes_stand_where_the_interface_says(string code, int port) => Assert.Matches($@"{code}\) echo {port} ;;", Script);
}
