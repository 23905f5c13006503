namespace LockFree.Hosting.Tests.Hosts;

/// <summary>What workers of tests do.</summary>
internal static class Workers
{
    /// <summary>Says that it is ready, and goes on until it is asked to stop.</summary>
    public static async Task UntilStopped(IServiceProvider services, LifecycleContext context)
    {
        context.NotifyReady();
        await context.Stopping.Cancelled();
    }

    /// <summary>Says that it is ready, and goes on until the gate is opened, whoever asks it to stop.</summary>
    public static Func<IServiceProvider, LifecycleContext, Task> Until(Gate gate) => async (_, context) =>
    {
        context.NotifyReady();
        await gate.PassAsync();
    };

    /// <summary>Says that it is ready, waits for the gate, and fails.</summary>
    public static Func<IServiceProvider, LifecycleContext, Task> Failing(Gate gate, Exception fault) => async (_, context) =>
    {
        context.NotifyReady();
        await gate.PassAsync();
        throw fault;
    };
}
