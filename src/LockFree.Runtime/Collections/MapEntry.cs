using System.Diagnostics.CodeAnalysis;

namespace LockFree;

/// <summary>
/// What a map has for a key, handed to the function of <see cref="ShardedMap{TKey, TValue}.Compute{TArg, TResult}"/>, and what it shall have after it:
/// setting <see cref="Value"/> stores, <see cref="Remove"/> removes, doing neither leaves the map as it is.
/// </summary>
/// <typeparam name="TValue">The type of the map's values.</typeparam>
public struct MapEntry<TValue>
{
    private TValue? _value;

    internal MapEntry(bool exists, TValue? value)
    {
        Exists = exists;
        _value = value;
    }

    /// <summary>Whether there is a value.</summary>
    public bool Exists { get; private set; }

    /// <summary>Gets the value, or sets the one to store.</summary>
    /// <exception cref="InvalidOperationException">On getting: there is none.</exception>
    public TValue Value
    {
        readonly get => Exists ? _value! : throw new InvalidOperationException("The map does not have the key.");
        set
        {
            _value = value;
            Exists = true;
            IsChanged = true;
        }
    }

    /// <summary>Whether the map has to change.</summary>
    internal bool IsChanged { get; private set; }

    /// <summary>Gets the value if there is one.</summary>
    /// <param name="value">The value, or the default.</param>
    /// <returns>Whether there is one.</returns>
    public readonly bool TryGetValue([MaybeNullWhen(false)] out TValue value)
    {
        value = _value;
        return Exists;
    }

    /// <summary>The value, or the default of <typeparamref name="TValue"/> if there is none.</summary>
    public readonly TValue? GetValueOrDefault() => _value;

    /// <summary>Removes the key.</summary>
    public void Remove()
    {
        _value = default;
        Exists = false;
        IsChanged = true;
    }
}
