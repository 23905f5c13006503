namespace LockFree;

/// <summary>Copies a snapshot into an array of the caller's, with the checks <c>ICollection.CopyTo</c> owes.</summary>
internal static class Copying
{
    public static void CopyTo<T>(T[] snapshot, Array array, int index)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (array.Rank != 1)
            throw new ArgumentException("The array has more than one dimension.", nameof(array));
        if (array.Length - index < snapshot.Length)
            throw new ArgumentException("The array is too short.", nameof(array));
        try
        {
            Array.Copy(snapshot, 0, array, index, snapshot.Length);
        }
        catch (ArrayTypeMismatchException)
        {
            throw new ArgumentException($"The array cannot take elements of type {typeof(T)}.", nameof(array));
        }
    }
}
