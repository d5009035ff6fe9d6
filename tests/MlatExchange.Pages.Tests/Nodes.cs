using MlatExchange.Scenarios;

namespace MlatExchange.Pages.Tests;

/// <summary>XA and XB with their pages; all tests share the two.</summary>
public sealed class Nodes() : Pair("xb");

/// <summary>One after the other: each drives a browser of its own, and there are two processors.</summary>
[CollectionDefinition(Name)]
public sealed class Pages : ICollectionFixture<Nodes>
{
    public const string Name = "pages";
}
