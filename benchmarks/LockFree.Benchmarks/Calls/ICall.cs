namespace LockFree.Benchmarks.Calls;

/// <summary>One call to measure. Implemented by structs, so that the loop around it is compiled for it alone.</summary>
internal interface ICall
{
    /// <summary>Does it once.</summary>
    /// <param name="index">Counts the calls, for those that do not always ask for the same.</param>
    /// <returns>Something that depends on the result, so that the call cannot be left out.</returns>
    int Invoke(int index);
}
