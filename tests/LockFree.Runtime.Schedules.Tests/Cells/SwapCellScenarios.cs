using Microsoft.Coyote.Specifications;

namespace LockFree.Schedules;

internal static class SwapCellScenarios
{
    public static async Task AWaiterMeetsAWriter()
    {
        var cell = new SwapCell<string>("first");
        string seen = cell.Load();
        var tasks = new Task[] { WaitAsync(), WaitAsync(), Task.Run(() => cell.Store("last")) };

        await Task.WhenAll(tasks);

        async Task WaitAsync()
        {
            await Task.Yield();
            string found = await cell.WaitForChangeAsync(seen);
            Specification.Assert(found == "last", $"Woken by {found}.");
        }
    }

    public static async Task RequestsMeetARebuild()
    {
        var source = 0;
        var running = 0;
        var cell = new SwapCell<string>("0");
        var requests = new[] { Task.Run(RequestAsync), Task.Run(RequestAsync), Task.Run(RequestAsync) };

        await Task.WhenAll(requests);

        async Task RequestAsync()
        {
            int own = Interlocked.Increment(ref source);
            string value = await cell.UpdateOnceAsync(RebuildAsync);
            Specification.Assert(int.Parse(value) >= own, $"Request {own} does not see its own change but {value}.");
        }

        async ValueTask<string> RebuildAsync(string current, CancellationToken token)
        {
            Specification.Assert(Interlocked.Increment(ref running) == 1, "Two rebuilds at a time.");
            int read = Volatile.Read(ref source);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return read.ToString();
        }
    }

    public static async Task AWriterMeetsARebuild()
    {
        var cell = new SwapCell<string>("0");
        Task<string> rebuild = cell.UpdateOnceAsync(async (current, _) =>
        {
            await Task.Yield();
            return current + "-rebuilt";
        });
        Task write = Task.Run(() => cell.Update(static current => current + "-written"));

        await Task.WhenAll([rebuild, write]);

        string last = cell.Load();
        Specification.Assert(last.Contains("-rebuilt") && last.Contains("-written"), $"Lost a write: {last}.");
    }

    public static async Task ARequestLeaves()
    {
        var cell = new SwapCell<string>("0");
        using var leaving = new CancellationTokenSource();
        Task left = RequestAsync(leaving.Token);
        Task stays = RequestAsync(CancellationToken.None);
        Task leave = Task.Run(leaving.Cancel);

        await stays;
        await leave;
        try
        {
            await left;
        }
        catch (OperationCanceledException)
        {
        }

        async Task RequestAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            string value = await cell.UpdateOnceAsync(RebuildAsync, cancellationToken);
            Specification.Assert(value.Contains('+'), "A request without a rebuild.");
        }

        static async ValueTask<string> RebuildAsync(string current, CancellationToken token)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            return current + "+";
        }
    }

    public static async Task ASubscriberMeetsAWriter()
    {
        var cell = new SwapCell<string>("first");
        var delivered = new TaskCompletionSource();
        using IDisposable subscription = cell.OnChange(value =>
        {
            if (value == "last")
                delivered.SetResult();
        });
        Task writer = Task.Run(() =>
        {
            cell.Store("middle");
            cell.Store("last");
        });

        await writer;
        await delivered.Task;
    }
}
