namespace LockFree.Tests.Collections.Histories;

/// <summary>The asynchronous members, for threads that may block: their factories run on the thread pool, where no schedule reaches.</summary>
internal static class AsyncCalls<TKey, TValue>
    where TKey : notnull
{
    public static readonly (CallKind Kind, MapCalls<TKey, TValue>.Act Act)[] Writes =
    [
        (CallKind.Add, GetOrAddAsync),
    ];

    private static void GetOrAddAsync(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.TellAdded(
            ref call,
            calls.Map.GetOrAddAsync(
                key, static (_, value, _) => ValueTask.FromResult(value), calls.ValueOf(call.Argument), CancellationToken.None)
                .AsTask().GetAwaiter().GetResult());
}
