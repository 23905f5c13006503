namespace LockFree;

/// <summary>Makes cells out of other things.</summary>
public static class Cell
{
    /// <summary>A cell that never changes: for tests, and where a component wants a cell but the value is fixed.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    public static IReadOnlyCell<T> Constant<T>(T value) => new ConstantCell<T>(value);

    /// <summary>A live view of a part of a cell's value, so that a component depends on its own part only.</summary>
    /// <remarks>
    /// The result of the projection is kept for as long as the cell holds the same value, so loading the view twice runs it once. It is
    /// kept per view: make the view once, not per call. A new value with an equal part is no change of the view. Until it is loaded again,
    /// a view keeps the value alive from which it was loaded last. An exception of the projection reaches whoever loads or waits, and is
    /// not kept; a subscription goes on with the next value.
    /// </remarks>
    /// <typeparam name="T">The type of the cell's value.</typeparam>
    /// <typeparam name="TResult">The type of the part.</typeparam>
    /// <param name="cell">The cell.</param>
    /// <param name="projection">
    /// Takes the part out of the value. A function of its argument alone: racing readers may each run it, and it runs on their threads.
    /// </param>
    public static IReadOnlyCell<TResult> Select<T, TResult>(this IReadOnlyCell<T> cell, Func<T, TResult> projection)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(projection);
        return new ProjectedCell<T, TResult>(cell, projection);
    }
}
