namespace LockFree.Tests.Shadow;

/// <summary>Is asked at every point where threads can get in each other's way.</summary>
internal interface IScheduler
{
    /// <summary>The calling thread may be interrupted here.</summary>
    void Point();

    /// <summary>The calling thread waits for another.</summary>
    void Yield();
}
