using Spectre.Console;

namespace LockFree.Cli.Reporting;

/// <summary>Shows on the error stream what is being worked on, where a person is watching.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs <paramref name="work"/>, drawing what it reports if <paramref name="visible"/>.</summary>
    public static async Task<T> RunAsync<T>(bool visible, Func<IProgress<string>, Task<T>> work)
    {
        if (!visible)
            return await work(new Callback(_ => { }));

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Status().StartAsync("loading", status => work(new Callback(step => status.Status = Markup.Escape(step))));
    }

    // Progress<T> would post to the thread pool and so report out of order.
    private sealed class Callback(Action<string> report) : IProgress<string>
    {
        public void Report(string value) => report(value);
    }
}
