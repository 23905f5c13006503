using LockFree;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddClientHub((_, hub) => hub.Register(ClientKey.Global("greeting"), "Hello, host"));
builder.Services.AddLifecycle("worker", static async (provider, context) =>
{
    Console.WriteLine("ready");
    context.NotifyReady();
    try
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, context.TimeProvider, context.Stopping);
    }
    finally
    {
        Console.WriteLine("worker ended");
    }
});
builder.Services.AddTaskTracker();

var app = builder.Build();
var tracker = app.Services.GetRequiredService<TaskTracker>();
app.Lifetime.ApplicationStarted.Register(() =>
{
    tracker.TryRun(async _ =>
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task;
        Console.WriteLine("task done");
    });
    app.Lifetime.StopApplication();
});
Console.WriteLine(app.Services.GetRequiredService<ClientHub>().Get<string>(ClientKey.Global("greeting")));
await app.RunAsync();
