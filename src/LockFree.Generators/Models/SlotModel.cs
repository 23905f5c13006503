namespace LockFree.Generators.Models;

/// <summary>One client of the class: one field that holds its slot.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Type">The client's type, fully qualified.</param>
/// <param name="Key">The client's key in the hub.</param>
/// <param name="TypeDocumentation">How documentation names the client's type.</param>
/// <param name="Initializer">The method group that makes the client; null where somebody else registers it.</param>
internal sealed record SlotModel(string Field, string Type, ClientKeyModel Key, string TypeDocumentation, string? Initializer);
