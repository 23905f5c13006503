namespace LockFree.Generators.Models;

/// <summary>A method that gives the client if it is there.</summary>
internal sealed record TryGetModel(string Accessibility, string Name, int Slot);
