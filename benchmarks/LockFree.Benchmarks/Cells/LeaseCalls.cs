using BitFaster.Caching;
using LockFree.Benchmarks.Calls;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Cells;

/// <summary>The ways to use a value that must not be disposed meanwhile.</summary>
internal static class LeaseCalls
{
    internal readonly struct Cell(LeasedCell<Connection> cell) : ICall
    {
        public int Invoke(int index)
        {
            using Lease<Connection> lease = cell.Acquire();
            return lease.Value.Use();
        }
    }

    /// <summary>BitFaster.Caching's counted reference. It guards one value, which cannot be replaced.</summary>
    internal readonly struct Scope(Scoped<Connection> scope) : ICall
    {
        public int Invoke(int index)
        {
            using Lifetime<Connection> lifetime = scope.CreateLifetime();
            return lifetime.Value.Use();
        }
    }

    /// <summary>Whoever uses it holds the lock, and whoever replaces it waits for that.</summary>
    internal readonly struct Locked<TLock>(TLock gate, Connection[] guarded) : ICall
        where TLock : struct, IDictionaryLock<TLock>
    {
        public int Invoke(int index)
        {
            gate.EnterRead();
            int used = guarded[0].Use();
            gate.ExitRead();
            return used;
        }
    }
}
