using Microsoft.Coyote.Specifications;

namespace LockFree.Schedules;

internal static class LeasedCellScenarios
{
    public static async Task LeasesMeetReplacements()
    {
        var first = new Resource("first");
        var second = new Resource("second");
        var third = new Resource("third");
        var cell = new LeasedCell<Resource>(first);
        var tasks = new[]
        {
            Task.Run(ReadAsync),
            Task.Run(ReadAsync),
            Task.Run(() => cell.Store(second)),
            Task.Run(() => cell.StoreAsync(third)),
        };

        await Task.WhenAll(tasks);
        await cell.DisposeAsync();

        foreach (Resource resource in (Resource[])[first, second, third])
            Specification.Assert(resource.Disposals == 1, $"{resource} is disposed {resource.Disposals} times.");

        async Task ReadAsync()
        {
            Lease<Resource> lease = cell.Acquire();
            Lease<Resource> copy = lease;
            lease.Value.Use();
            await Task.Yield();
            lease.Value.Use();
            lease.Dispose();
            copy.Dispose();
        }
    }

    public static async Task TheEndMeetsAStore()
    {
        var first = new Resource("first");
        var second = new Resource("second");
        var cell = new LeasedCell<Resource>(first);
        Task<bool> store = Task.Run(() =>
        {
            try
            {
                cell.Store(second);
                return true;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        });
        Task end = Task.Run(async () =>
        {
            await cell.DisposeAsync();
            Specification.Assert(first.Disposals == 1, "The end came before the disposal.");
        });

        await Task.WhenAll([store, end]);

        Specification.Assert(second.Disposals == (store.Result ? 1 : 0), $"Stored: {store.Result}, disposed {second.Disposals} times.");
    }

    private sealed class Resource(string name) : IAsyncDisposable
    {
        private int _disposals;

        public int Disposals => Volatile.Read(ref _disposals);

        public void Use() => Specification.Assert(Disposals == 0, $"{name} is used after its disposal.");

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            Interlocked.Increment(ref _disposals);
        }

        public override string ToString() => name;
    }
}
