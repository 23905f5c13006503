namespace LockFree.Tests;

/// <summary>For what nobody reports: a count, or a flag that follows a task.</summary>
internal static class Condition
{
    public static Task BecomesTrueAsync(Func<bool> condition)
    {
        return WaitAsync().OrHang();

        async Task WaitAsync()
        {
            while (!condition())
                await Task.Yield();
        }
    }
}
