using Contracts;

namespace Consumer;

internal sealed class Orders(string name) : IOrders
{
    public string Place(string what) => $"{name} has {what}";
}

internal sealed class Billing : IBilling
{
    public string Charge() => "charged";
}

internal sealed class Store<T>(T last) : IStore<T>
{
    public T Last => last;
}
