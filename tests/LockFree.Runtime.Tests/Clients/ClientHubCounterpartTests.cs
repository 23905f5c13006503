using System.Reflection;
using System.Reflection.Emit;

namespace LockFree.Tests;

/// <summary>What other registries of clients have got wrong, one test for each.</summary>
public sealed class ClientHubCounterpartTests
{
    private static readonly ClientKey Key = ClientKey.Global("test");

    private readonly ClientHub _hub = new();

    /// <summary>modkit's register: the last writer wins, and nobody hears of it.</summary>
    [Fact]
    public void ASecondRegistration_IsRefused_AndTheFirstStays()
    {
        var first = new TestClient("first");
        _hub.Register(Key, first);

        Assert.Throws<InvalidOperationException>(() => _hub.Register(Key, new TestClient("second")));

        Assert.Same(first, _hub.Get<TestClient>(Key));
    }

    /// <summary>modkit knows a type by its name: two of the same name meet in one entry, and a lookup fails for its type.</summary>
    [Fact]
    public void TwoTypesOfTheSameName_AreTwoTypes()
    {
        var slots = Enumerable.Range(0, 2).Select(_ => typeof(ClientHub).GetMethod(nameof(ClientHub.Slot))!
            .MakeGenericMethod(NewType("Contracts.IOrders"))
            .Invoke(_hub, [Key])).ToArray();

        Assert.NotSame(slots[0], slots[1]);
        Assert.Equal(2, _hub.Clients.Count(client => client.ClientType.FullName == "Contracts.IOrders"));
    }

    /// <summary>Modules that fetch their clients when they start depend on the order they are started in.</summary>
    [Fact]
    public async Task AClientThatIsRegisteredLater_CanBeWaitedForByASlotThatWasTakenEarlier()
    {
        var slot = _hub.Slot<ITestClient>(Key);
        var usage = Task.Run(async () => (await slot.WaitAsync()).Name);
        Assert.Throws<ClientNotInitializedException>(() => slot.Value);

        _hub.Register<ITestClient>(Key, new TestClient("registered later"));

        Assert.Equal("registered later", await usage.OrHang());
        Assert.Equal("registered later", slot.Value.Name);
    }

    /// <summary>A once cell under the hub that belongs to its first caller: when that one leaves, a second initialiser starts.</summary>
    [Fact]
    public async Task TheFirstCallerThatLeaves_NeitherEndsTheInitialiserNorStartsAnother()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var runs = 0;
        async ValueTask<TestClient> Init(ClientKey key, CancellationToken token)
        {
            Interlocked.Increment(ref runs);
            await gate.PassAsync(token);
            return new TestClient();
        }

        var first = _hub.GetOrInitAsync(Key, Init, leaving.Token).AsTask();
        await gate.Reached;
        var others = Enumerable.Range(0, 2).Select(_ => _hub.GetOrInitAsync(Key, Init).AsTask()).ToArray();
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.OrHang());
        gate.Open();

        var clients = await Task.WhenAll(others).OrHang();
        Assert.Same(clients[0], clients[1]);
        Assert.Equal(1, runs);
    }

    /// <summary>A dictionary of lazy tasks keeps the failure of the first connection for the life of the process.</summary>
    [Fact]
    public async Task AFailedInitialisation_IsTriedAgainByTheNextCaller()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => _hub.GetOrInitAsync<TestClient>(Key, (_, _) => throw new InvalidDataException()).OrHang());
        Assert.False(_hub.TryGet<TestClient>(Key, out _));

        var made = await _hub.GetOrInitAsync(Key, (_, _) => ValueTask.FromResult(new TestClient())).OrHang();

        Assert.Same(made, _hub.Get<TestClient>(Key));
    }

    private static Type NewType(string name) => AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("Contracts"), AssemblyBuilderAccess.RunAndCollect)
        .DefineDynamicModule("Contracts")
        .DefineType(name, TypeAttributes.Public | TypeAttributes.Interface | TypeAttributes.Abstract)
        .CreateType();
}
