namespace LockFree.EndToEnd.Tests;

/// <summary>All end-to-end tests share one feed: packing and filling its cache is what costs.</summary>
[CollectionDefinition(Name)]
public sealed class PackageFeedCollection : ICollectionFixture<PackageFeed>
{
    public const string Name = "Package feed";
}
