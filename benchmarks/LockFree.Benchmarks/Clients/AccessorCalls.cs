using System.Collections.Concurrent;
using LockFree.Benchmarks.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace LockFree.Benchmarks.Clients;

/// <summary>The ways to a client.</summary>
internal static class AccessorCalls
{
    internal readonly struct Generated(BenchmarkClients clients) : ICall
    {
        public int Invoke(int index) => clients.Orders is null ? 0 : 1;
    }

    internal readonly struct VolatileField(Holder holder) : ICall
    {
        public int Invoke(int index) => holder.Orders is null ? 0 : 1;
    }

    internal readonly struct RequiredService(IServiceProvider services) : ICall
    {
        public int Invoke(int index) => services.GetRequiredService<IOrders>() is null ? 0 : 1;
    }

    internal readonly struct KeyedService(IServiceProvider services) : ICall
    {
        public int Invoke(int index) => services.GetRequiredKeyedService<IOrders>(BenchmarkClients.OrdersName) is null ? 0 : 1;
    }

    /// <summary>What a hub without slots does: any client under its key and type, cast on each use.</summary>
    internal readonly struct MapAndCast(ConcurrentDictionary<(ClientKey, Type), object> clients, ClientKey key) : ICall
    {
        public int Invoke(int index) => (IOrders)clients[(key, typeof(IOrders))] is null ? 0 : 1;
    }

    internal sealed class Holder(IOrders orders)
    {
        public volatile IOrders Orders = orders;
    }
}
