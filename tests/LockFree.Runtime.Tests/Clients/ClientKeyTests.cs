namespace LockFree.Tests;

public sealed class ClientKeyTests
{
    [Fact]
    public void Keys_AreComparedOrdinally()
    {
        Assert.Equal(ClientKey.Global("orders"), ClientKey.Global(string.Concat("ord", "ers")));
        Assert.NotEqual(ClientKey.Global("orders"), ClientKey.Global("Orders"));
        Assert.NotEqual(ClientKey.Scoped("eu", "orders"), ClientKey.Scoped("EU", "orders"));
        Assert.NotEqual(ClientKey.Global("orders"), ClientKey.Scoped("eu", "orders"));
        Assert.NotEqual(ClientKey.Scoped("a", "b"), ClientKey.Scoped("b", "a"));
        Assert.Equal(ClientKey.Scoped("eu", "orders").GetHashCode(), ClientKey.Scoped("eu", "orders").GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t")]
    public void NamesAndScopes_AreNotEmpty(string empty)
    {
        Assert.Throws<ArgumentException>(() => ClientKey.Global(empty));
        Assert.Throws<ArgumentException>(() => ClientKey.Scoped(empty, "name"));
        Assert.Throws<ArgumentException>(() => ClientKey.Scoped("scope", empty));
    }

    [Fact]
    public void NamesAndScopes_AreNotNull()
    {
        Assert.Throws<ArgumentNullException>(() => ClientKey.Global(null!));
        Assert.Throws<ArgumentNullException>(() => ClientKey.Scoped(null!, "name"));
    }

    [Fact]
    public void AKey_TellsItsNameAndScope()
    {
        Assert.Equal("'orders'", ClientKey.Global("orders").ToString());
        Assert.Equal("'orders' (scope 'eu')", ClientKey.Scoped("eu", "orders").ToString());
        Assert.True(ClientKey.Global("orders").IsGlobal);
        Assert.False(ClientKey.Scoped("eu", "orders").IsGlobal);
    }
}
