using MlatExchange.Protocol.Verification;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs.Protocol.Verification;

public class VectorSpecs
{
    static VectorSpecs()
    {
        foreach (var missing in Cases.Where(given => Approved.Writing && !File.Exists(VectorFile.PathOf(given.Name + ".json"))))
            VectorFile.Write(missing);
    }

    private static IReadOnlyList<Case> Cases { get; } =
        [.. CasesOfGoodMessages.All, .. CasesBeforeTheSenderIsKnown.All, .. CasesOfOrder.All, .. CasesOfContent.All];

    public static TheoryData<string> Names => [.. VectorFile.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_published_vector_comes_to_its_verdict(string name)
    {
        var vector = VectorFile.Load(name);
        Assert.Equal(vector.Expect, vector.Run());
    }

    [Fact]
    public void The_published_vectors_are_the_cases_of_these_specs()
    {
        Assert.Equal(Cases.Select(given => given.Name).Order(StringComparer.Ordinal), VectorFile.Names);
        Assert.All(Cases, given => Assert.Equal(given.Expect, VectorFile.Load(given.Name).Expect));
    }

    [Fact]
    public void Every_step_has_a_vector_that_fails_there() =>
        Assert.Equal(Enumerable.Range(1, Steps.All.Count), VectorFile.Names.Select(name => VectorFile.Load(name).Expect.Step).OfType<int>().Distinct().Order());
}
