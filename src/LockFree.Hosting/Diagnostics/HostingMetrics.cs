using System.Diagnostics.Metrics;

namespace LockFree.Hosting;

/// <summary>The instruments of the meter <c>LockFree</c>.</summary>
internal sealed class HostingMetrics : IDisposable
{
    private const string MeterName = "LockFree";
    private const string NameTag = "lockfree.lifecycle.name";
    private const string ReasonTag = "lockfree.lifecycle.stop.reason";

    private readonly Meter _meter;
    private readonly bool _isOwner;
    private readonly Counter<long> _starts;
    private readonly Counter<long> _stops;
    private readonly Counter<long> _faults;
    private readonly Histogram<double> _readyDuration;
    private readonly Histogram<double> _stopDuration;
    private readonly Counter<long> _abandonedTasks;

    /// <param name="factory">Makes the meter, and disposes of it; without one, the meter is made here.</param>
    public HostingMetrics(IMeterFactory? factory)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _isOwner = factory is null;
        _starts = _meter.CreateCounter<long>("lockfree.lifecycle.starts", "{start}", "Runs of lifecycles that the host has started.");
        _stops = _meter.CreateCounter<long>("lockfree.lifecycle.stops", "{stop}", "Runs of lifecycles that are over, by reason.");
        _faults = _meter.CreateCounter<long>("lockfree.lifecycle.faults", "{fault}", "Runs of lifecycles that ended with an exception.");
        _readyDuration = _meter.CreateHistogram<double>(
            "lockfree.lifecycle.ready.duration", "s", "From the start of a run until it is ready.");
        _stopDuration = _meter.CreateHistogram<double>(
            "lockfree.lifecycle.stop.duration", "s", "From the host's request to stop until the run is over.");
        _abandonedTasks = _meter.CreateCounter<long>(
            "lockfree.task_tracker.abandoned_tasks", "{task}", "Tasks that were running when the host gave up waiting for them.");
    }

    public void Started(string name) => _starts.Add(1, Tag(NameTag, name));

    public void Ready(string name, TimeSpan elapsed) => _readyDuration.Record(elapsed.TotalSeconds, Tag(NameTag, name));

    public void Stopped(string name, StopReason reason) => _stops.Add(1, Tag(NameTag, name), Tag(ReasonTag, Text(reason)));

    public void StopTook(string name, StopReason reason, TimeSpan elapsed) =>
        _stopDuration.Record(elapsed.TotalSeconds, Tag(NameTag, name), Tag(ReasonTag, Text(reason)));

    public void Faulted(string name, Exception fault) => _faults.Add(1, Tag(NameTag, name), Tag("error.type", fault.GetType().FullName));

    public void Abandoned(int tasks) => _abandonedTasks.Add(tasks);

    /// <summary>Counts the tasks of <paramref name="tracker"/> when somebody collects, and never in between.</summary>
    public void Observe(TaskTracker tracker) => _meter.CreateObservableUpDownCounter(
        "lockfree.task_tracker.active_tasks", () => tracker.Count, "{task}", "Tasks that have been started and have not ended.");

    /// <summary>Counts the clients of <paramref name="hub"/> when somebody collects, and never in between.</summary>
    public void Observe(ClientHub hub) => _meter.CreateObservableUpDownCounter(
        "lockfree.client_hub.clients", () => ClientsByState(hub), "{client}", "Clients that were asked for, by state.");

    public void Dispose()
    {
        if (_isOwner)
            _meter.Dispose();
    }

    private static IEnumerable<Measurement<int>> ClientsByState(ClientHub hub) => hub.Clients
        .CountBy(static client => client.State)
        .Select(static count => new Measurement<int>(count.Value, Tag("lockfree.client.state", Text(count.Key))));

    private static KeyValuePair<string, object?> Tag(string key, string? value) => new(key, value);

    private static string Text(StopReason reason) => reason switch
    {
        StopReason.NeverStarted => "never_started",
        StopReason.Finished => "finished",
        StopReason.Cancelled => "cancelled",
        StopReason.Faulted => "faulted",
        StopReason.Abandoned => "abandoned",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private static string Text(ClientState state) => state switch
    {
        ClientState.Missing => "missing",
        ClientState.Initializing => "initializing",
        ClientState.Registered => "registered",
        ClientState.Initialized => "initialized",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
