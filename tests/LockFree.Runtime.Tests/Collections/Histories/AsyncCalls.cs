namespace LockFree.Tests.Collections.Histories;

/// <summary>The asynchronous members, for threads that may block: not for schedules in which one runs at a time.</summary>
internal static class AsyncCalls<TKey, TValue>
    where TKey : notnull
{
    public static readonly (CallKind Kind, MapCalls<TKey, TValue>.Act Act)[] Writes =
    [
        (CallKind.Add, GetOrAddAsync),
        (CallKind.Add, GetOrAddWithTokenAsync),
        (CallKind.Add, GetOrAddWithArgumentAsync),
    ];

    private static void GetOrAddAsync(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        TValue value = calls.ValueOf(call.Argument);
        calls.TellAdded(ref call, ResultOf(calls.Map.GetOrAddAsync(key, (_, _) => ValueTask.FromResult(value))));
    }

    private static void GetOrAddWithTokenAsync(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        TValue value = calls.ValueOf(call.Argument);
        calls.TellAdded(ref call, ResultOf(calls.Map.GetOrAddAsync(key, (_, _) => ValueTask.FromResult(value), CancellationToken.None)));
    }

    private static void GetOrAddWithArgumentAsync(MapCalls<TKey, TValue> calls, TKey key, ref Call call) => calls.TellAdded(
        ref call,
        ResultOf(calls.Map.GetOrAddAsync(
            key, static (_, value, _) => ValueTask.FromResult(value), calls.ValueOf(call.Argument), CancellationToken.None)));

    private static TValue ResultOf(ValueTask<TValue> task) => task.AsTask().GetAwaiter().GetResult();
}
