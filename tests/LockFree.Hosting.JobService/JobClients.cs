namespace LockFree.Hosting.JobService;

/// <summary>The clients of the service.</summary>
internal sealed class JobClients(ClientHub hub, Facts facts)
{
    private readonly ClientSlot<JobStore> _store = hub.Slot<JobStore>(ClientKey.Global("store"));

    public JobStore Store => _store.Value;

    public async Task InitializeAsync(CancellationToken cancellationToken) =>
        await _store.GetOrInitAsync((_, _) => new ValueTask<JobStore>(new JobStore(facts)), cancellationToken);
}
