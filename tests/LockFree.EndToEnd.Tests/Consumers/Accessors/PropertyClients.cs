#if PARTIAL_PROPERTIES
using Contracts;
using LockFree;

namespace Consumer;

internal abstract class HasOrders
{
    public abstract IOrders Orders { get; }
}

/// <summary>What C# 13 can declare, too: properties.</summary>
[ClientAccessors]
internal sealed partial class PropertyClients : HasOrders
{
    [Client("orders")]
    public override partial IOrders Orders { get; }

    [Client("made", Initializer = nameof(MakeAsync))]
    public partial IOrders Made { get; }

    private ValueTask<IOrders> MakeAsync(ClientKey key, CancellationToken cancellationToken) => new(new Orders(Orders.Place(key.Name)));
}

/// <summary>A record is printed even where a client is not there.</summary>
[ClientAccessors]
internal sealed partial record RecordClients
{
    [Client("orders")]
    public partial IOrders Orders { get; }

    [Client("absent")]
    public partial IOrders Absent { get; }

    public int Attempts { get; init; }
}
#endif
