namespace LockFree.Hosting.JobService;

/// <summary>What the test allows: a line <c>answer</c> lets held requests go on, a line <c>work</c> held jobs.</summary>
internal sealed class Commands
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _work = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Answer => _answer.Task;

    public Task Work => _work.Task;

    /// <summary>Reads on a thread of the background: a pending read keeps no process alive.</summary>
    public void Listen(TextReader input) => new Thread(() =>
    {
        while (input.ReadLine() is { } command)
            (command == "answer" ? _answer : _work).TrySetResult();
    })
    { IsBackground = true }.Start();
}
