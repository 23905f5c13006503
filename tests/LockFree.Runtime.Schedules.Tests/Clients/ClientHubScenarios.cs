using Microsoft.Coyote.Specifications;

namespace LockFree.Schedules;

internal static class ClientHubScenarios
{
    private static readonly ClientKey Key = ClientKey.Global("test");

    public static async Task ThreeInitialisationsRace()
    {
        var hub = new ClientHub();
        var runs = 0;
        async ValueTask<CountedClient> MakeAsync(ClientKey key, CancellationToken token)
        {
            Interlocked.Increment(ref runs);
            await Task.Yield();
            return new CountedClient();
        }

        CountedClient[] clients = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => Task.Run(() => hub.GetOrInitAsync(Key, MakeAsync).AsTask())).ToArray());

        Specification.Assert(runs == 1, $"There were {runs} runs.");
        Specification.Assert(clients[0] == clients[1] && clients[1] == clients[2], "The callers got different clients.");
    }

    public static async Task TheHubIsDisposedDuringAnInitialisation()
    {
        var hub = new ClientHub();
        CountedClient? made = null;
        async ValueTask<CountedClient> MakeAsync(ClientKey key, CancellationToken token)
        {
            await Task.Yield();
            return made = new CountedClient();
        }

        Task<CountedClient> waiting = hub.GetOrInitAsync(Key, MakeAsync).AsTask();
        await Task.Run(() => hub.DisposeAsync().AsTask());

        Specification.Assert(made is null or { Disposals: 1 }, $"The client was disposed {made?.Disposals} times.");
        try
        {
            CountedClient got = await waiting;
            Specification.Assert(got == made, "The waiter got another client.");
        }
        catch (ObjectDisposedException)
        {
            // The hub was first.
        }

        Specification.Assert(made is null or { Disposals: 1 }, $"After the end the client was disposed {made?.Disposals} times.");
    }

    public static async Task ARegistrationAndARemovalMeetAnInitialisation()
    {
        var hub = new ClientHub();
        CountedClient? made = null;
        async ValueTask<CountedClient> MakeAsync(ClientKey key, CancellationToken token)
        {
            await Task.Yield();
            return made = new CountedClient();
        }

        var registered = new CountedClient();
        Task<CountedClient> waiting = hub.GetOrInitAsync(Key, MakeAsync).AsTask();
        bool wasFirst = await Task.Run(() => hub.TryRegister(Key, registered));
        await Task.Run(() => hub.RemoveAsync<CountedClient>(Key).AsTask());

        CountedClient got = await waiting;
        Specification.Assert(got == (wasFirst ? registered : made), "The waiter got neither the registered client nor the one that was there.");
        Specification.Assert(!hub.TryGet<CountedClient>(Key, out _), "An initialiser has brought back what was removed.");
        await hub.DisposeAsync();
        Specification.Assert(made is null or { Disposals: 1 }, $"The product was disposed {made?.Disposals} times.");
        Specification.Assert(registered.Disposals == 0, "The hub disposed what was registered.");
    }

    public static async Task AWaiterMeetsARegistration()
    {
        var hub = new ClientHub();
        ClientSlot<CountedClient> slot = hub.Slot<CountedClient>(Key);
        var registered = new CountedClient();

        Task<CountedClient> waiting = Task.Run(async () => await slot.WaitAsync());
        await Task.Run(() => hub.Register(Key, registered));

        Specification.Assert(await waiting == registered, "The waiter got another client.");
    }

    public static async Task SomebodyWatchesAnInitialisation()
    {
        var hub = new ClientHub();
        ClientSlot<CountedClient> slot = hub.Slot<CountedClient>(Key);
        var hasBegun = false;
        async ValueTask<CountedClient> MakeAsync(ClientKey key, CancellationToken token)
        {
            Volatile.Write(ref hasBegun, true);
            await Task.Yield();
            return new CountedClient();
        }

        Task<CountedClient> waiting = Task.Run(() => slot.GetOrInitAsync(MakeAsync).AsTask());
        await Task.Run(() =>
        {
            bool begun = Volatile.Read(ref hasBegun);
            ClientState seen = slot.State;
            Specification.Assert(!begun || seen is ClientState.Initializing or ClientState.Initialized, $"A client in the making is said to be {seen}.");
        });
        await waiting;
    }

    private sealed class CountedClient : IAsyncDisposable
    {
        private int _disposals;

        public int Disposals => Volatile.Read(ref _disposals);

        public ValueTask DisposeAsync()
        {
            Interlocked.Increment(ref _disposals);
            return ValueTask.CompletedTask;
        }
    }
}
