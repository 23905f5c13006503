namespace LockFree.Generators.Models;

/// <summary>The three shapes in which a class may declare a client.</summary>
internal enum ClientMemberKind
{
    /// <summary><c>partial T Orders { get; }</c></summary>
    Property,

    /// <summary><c>partial T GetOrders();</c>, for consumers whose C# has no partial properties.</summary>
    Method,

    /// <summary><c>partial ValueTask&lt;T&gt; OrdersAsync(CancellationToken cancellationToken);</c></summary>
    LazyMethod,
}
