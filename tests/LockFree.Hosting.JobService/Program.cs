using LockFree;
using LockFree.Hosting.JobService;

// A web service that answers jobs with 202 and does them later, in three stages that a shutdown has to empty one after the other: the
// requests in the server, the jobs in the tracker, the results in the queue. A test drives it: every line of standard output is a fact
// about one request or job, and lines of standard input say when what is held may go on. The log goes to standard error.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.Configure<HostOptions>(builder.Configuration.GetSection("Host"));

builder.Services.AddSingleton<Facts>();
builder.Services.AddSingleton<Commands>();
builder.Services.AddSingleton<ResultQueue>();
builder.Services.AddClientAccessors<JobClients>(static (clients, cancellationToken) => clients.InitializeAsync(cancellationToken));
builder.Services.AddLifecycle<ResultWriter>("results");

// Without the drain the tracker is a service like any other, and nobody waits for its tasks.
if (builder.Configuration.GetValue("Drain", defaultValue: true))
    builder.Services.AddTaskTracker();
else
    builder.Services.AddSingleton(new TaskTracker());

var app = builder.Build();
var facts = app.Services.GetRequiredService<Facts>();
app.Lifetime.ApplicationStarted.Register(() => facts.Tell("listening", app.Urls.Single()));
app.Lifetime.ApplicationStopping.Register(() => facts.Tell("stopping", ""));

app.Use((context, next) =>
{
    facts.Tell("accepted-request", context.Request.Path);
    return next(context);
});

app.MapPost("/jobs/{id}", (string id, TaskTracker tracker, ResultQueue results) => Accept(id, tracker, async () => await results.AddAsync(id)));
app.MapPost("/held-jobs/{id}", (string id, TaskTracker tracker, ResultQueue results, Commands commands) => Accept(id, tracker, async () =>
{
    await commands.Work;
    await results.AddAsync(id);
}));
app.MapGet("/held-requests/{id}", async (string id, Commands commands) =>
{
    facts.Tell("held-request", id);
    await commands.Answer;
    return id;
});

app.Services.GetRequiredService<Commands>().Listen(Console.In);
await app.RunAsync();

IResult Accept(string id, TaskTracker tracker, Func<Task> job)
{
    if (!tracker.TryRun(_ => job()))
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);

    facts.Tell("accepted-job", id);
    return Results.Accepted();
}
