using Consumer;

var registry = new SessionRegistry();
Console.WriteLine($"open alice: {registry.TryOpen("alice", 1)}");
Console.WriteLine($"open alice again: {registry.TryOpen("alice", 2)}");
Console.WriteLine($"alice has {registry.Find("alice")}");
registry.Close("alice");
Console.WriteLine($"{registry.Count} open");
