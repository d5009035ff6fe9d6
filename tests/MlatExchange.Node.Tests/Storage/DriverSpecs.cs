using MlatExchange.Node.Hosting;

namespace MlatExchange.Node.Tests.Storage;

/// <summary>Choosing a driver.</summary>
public sealed class DriverSpecs
{
    [Fact]
    public void Contract_tests_run_with_every_driver()
    {
        Assert.SkipUnless(Drivers.MartenIsBuilt, $"Marten driver not built: {Drivers.Missing} contract tests skipped");
        Assert.Equal(["postgres", "marten"], Drivers.Present);
        Assert.Equal(0, Drivers.Missing);
    }

    [Fact]
    public void A_node_built_without_Marten_refuses_the_driver_and_says_how_to_build_with_it()
    {
        Assert.SkipWhen(Drivers.MartenIsBuilt, "this build has Marten");
        var refused = Assert.Throws<InvalidOperationException>(() => StoreDriver.Of("marten"));
        Assert.Contains("-p:UseMarten=true", refused.Message, StringComparison.Ordinal);
        Assert.True(Drivers.Missing > 20, "the rows that are left out are no longer found");
    }

    [Fact]
    public void A_driver_that_does_not_exist_is_refused_with_the_names_of_those_that_do() =>
        Assert.Equal("Storage:Driver is mongo; there are postgres and marten.", Assert.Throws<InvalidOperationException>(() => StoreDriver.Of("mongo")).Message);
}
