using Consumer;
using LockFree;

var registry = new SessionRegistry();
Console.WriteLine($"open alice: {registry.TryOpen("alice", 1)}");
Console.WriteLine($"open alice again: {registry.TryOpen("alice", 2)}");
Console.WriteLine($"open bob: {registry.TryOpen("bob", 3)}");
Console.WriteLine($"alice has {registry.Find("alice")}");
Console.WriteLine($"nobody has {registry.Find("nobody") ?? -1}");
registry.Close("bob");
Console.WriteLine($"{registry.Count} open");

await using var hub = new ClientHub();
hub.Register<IGreeter>(ClientKey.Global("greeter"), new Greeter());
var clients = new Clients(hub);
Console.WriteLine(clients.Greeter.Greet("world"));
