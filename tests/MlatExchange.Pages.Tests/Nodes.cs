using MlatExchange.Scenarios;

namespace MlatExchange.Pages.Tests;

/// <summary>XA and XB with their pages; all tests share the two. Officials of XA may also sign in at an OpenID provider.</summary>
public sealed class Nodes() : Pair("xb")
{
    public Provider Provider { get; } = new();

    protected override void Before(Jurisdiction xa) => (xa.More["Access:Authority"], xa.More["Access:ClientId"]) = (Provider.Url, "node");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Provider.Dispose();
    }
}

/// <summary>One after the other: each drives a browser of its own, and there are two processors.</summary>
[CollectionDefinition(Name)]
public sealed class Pages : ICollectionFixture<Nodes>
{
    public const string Name = "pages";
}
