using LockFree;

namespace Contracts;

public interface IOrders
{
    string Place(string what);
}

[HubClient("billing", Scope = "eu")]
public interface IBilling
{
    string Charge();
}

public interface IStore<T>
{
    T Last { get; }
}
