namespace LockFree;

/// <summary>What a subscription does with the values of a cell. No two of its calls overlap.</summary>
internal interface IChangeSink<in T>
{
    /// <summary>Gets the value that the first change is a change from, before the subscription begins.</summary>
    void Begin(T current);

    /// <summary>Gets a value that differs from the one before.</summary>
    void Change(T value);
}
