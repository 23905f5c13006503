using System.Runtime.CompilerServices;

namespace LockFree;

/// <summary>
/// The hub's own key: a client's key and its type. Types are compared by identity, which saves the virtual calls a tuple would make.
/// </summary>
internal readonly struct SlotKey(ClientKey key, Type clientType) : IEquatable<SlotKey>
{
    public ClientKey Key { get; } = key;

    public Type ClientType { get; } = clientType;

    public bool Equals(SlotKey other) => ReferenceEquals(ClientType, other.ClientType) && Key.Equals(other.Key);

    public override bool Equals(object? obj) => obj is SlotKey other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Key, RuntimeHelpers.GetHashCode(ClientType));
}
