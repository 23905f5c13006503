using Microsoft.Coyote.Specifications;

namespace LockFree.Schedules;

internal static class AsyncOnceScenarios
{
    public static async Task ThreeCallersRace()
    {
        var once = new AsyncOnce<object>();
        var runs = 0;
        async ValueTask<object> MakeAsync(CancellationToken token)
        {
            Interlocked.Increment(ref runs);
            await Task.Yield();
            return new object();
        }

        object[] values = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => once.GetAsync(MakeAsync).AsTask())).ToArray());

        Specification.Assert(runs == 1, $"There were {runs} runs.");
        Specification.Assert(values[0] == values[1] && values[1] == values[2], "The callers got different values.");
    }

    public static async Task TheLastWaiterLeavesWhileAnotherJoins()
    {
        var once = new AsyncOnce<string>();
        var running = 0;
        async ValueTask<string> MakeAsync(CancellationToken token)
        {
            Specification.Assert(Interlocked.Increment(ref running) == 1, "Two runs overlap.");
            await Task.Yield();
            Interlocked.Decrement(ref running);
            token.ThrowIfCancellationRequested();
            return "value";
        }

        using var leaving = new CancellationTokenSource();
        Task<string> leaver = once.GetAsync(MakeAsync, leaving.Token).AsTask();
        Task<string> stayer = Task.Run(() => once.GetAsync(MakeAsync).AsTask());
        await Task.Run(leaving.Cancel);

        await EndOf(stayer);
        Specification.Assert(stayer.IsCompletedSuccessfully, $"Who stayed got {stayer.Status}.");
        await EndOf(leaver);
    }

    public static async Task AResetMeetsARun()
    {
        var once = new AsyncOnce<int>();
        var source = 1;
        async ValueTask<int> MakeAsync(CancellationToken token)
        {
            int seen = Volatile.Read(ref source);
            await Task.Yield();
            return seen;
        }

        Task<int> before = once.GetAsync(MakeAsync).AsTask();
        Volatile.Write(ref source, 2);
        once.Reset();
        int after = await once.GetAsync(MakeAsync);

        Specification.Assert(after == 2, "Who came after the reset got what was made before.");
        Specification.Assert(await before is 1 or 2, "Who came before got neither.");
        Specification.Assert(once.TryGet(out int kept) && kept == 2, $"What is kept is {kept}.");
    }

    public static async Task ASetMeetsARun()
    {
        var once = new AsyncOnce<string>();
        async ValueTask<string> MakeAsync(CancellationToken token)
        {
            await Task.Yield();
            return "made";
        }

        Task<string> waiting = once.GetAsync(MakeAsync).AsTask();
        bool isSet = once.TrySet("set");
        string got = await waiting;

        Specification.Assert(got == (isSet ? "set" : "made"), $"TrySet said {isSet}, and the waiter got '{got}'.");
        await once.DisposeValueAsync();
        Specification.Assert(!once.TryGet(out _), "There is a value after the end.");
    }

    public static async Task AWaiterLeavesWhileTheRunEnds()
    {
        var once = new AsyncOnce<string>();
        CancellationToken tokenOfRun = default;
        async ValueTask<string> MakeAsync(CancellationToken token)
        {
            tokenOfRun = token;
            await Task.Yield();
            return "made";
        }

        using var leaving = new CancellationTokenSource();
        Task<string> waiting = once.GetAsync(MakeAsync, leaving.Token).AsTask();
        await Task.Run(leaving.Cancel);

        await EndOf(waiting);
        Specification.Assert(
            !waiting.IsCompletedSuccessfully || !tokenOfRun.IsCancellationRequested, "The token of a run that served its waiter was cancelled.");
    }

    private static async Task EndOf(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception)
        {
            // How it ended is looked at by whoever waits.
        }
    }
}
