using Consumer;
using Contracts;
using LockFree;

ClientHub hub = new();
hub.Register<IOrders>(ClientKey.Global("orders"), new Orders("orders"));
hub.Register<IStore<string>>(ClientKey.Global("store"), new Store<string>("last"));

MethodClients clients = new(hub);
Console.WriteLine(clients.GetOrders().Place("one"));
Console.WriteLine($"billing is there: {clients.TryGetBilling(out _)}");
try
{
    Console.WriteLine(clients.GetBilling().Charge());
}
catch (ClientNotInitializedException missing)
{
    Console.WriteLine($"missing: {missing.Key.Scope}/{missing.Key.Name}");
}

hub.Register<IBilling>(ClientKey.Scoped("eu", "billing"), new Billing());
Console.WriteLine(clients.GetBilling().Charge());
IOrders lazy = await clients.LazyOrdersAsync(CancellationToken.None).ConfigureAwait(false);
Console.WriteLine(lazy.Place("two"));
await clients.WaitUntilReadyAsync().ConfigureAwait(false);

Region<string>.Clients region = new("north", hub);
Console.WriteLine($"{region.Name}: {region.GetStore().Last}");

#if PARTIAL_PROPERTIES
PropertyClients properties = new(hub);
HasOrders orders = properties;
Console.WriteLine(orders.Orders.Place("three"));
await properties.InitializeAsync().ConfigureAwait(false);
Console.WriteLine(properties.Made.Place("four"));
Console.WriteLine(new RecordClients(hub) { Attempts = 5 }.ToString().Replace("Consumer.Orders", "there", StringComparison.Ordinal));
#endif

await hub.DisposeAsync().ConfigureAwait(false);
