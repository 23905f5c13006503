using LockFree;

namespace Consumer;

public interface IGreeter
{
    string Greet(string name);
}

public sealed class Greeter : IGreeter
{
    public string Greet(string name) => $"Hello, {name}";
}

/// <summary>The generator writes the constructor and the property.</summary>
[ClientAccessors]
public sealed partial class Clients
{
    [Client("greeter")]
    public partial IGreeter Greeter { get; }
}
