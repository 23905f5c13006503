using LockFree.Tests.Shadow;

namespace LockFree;

/// <summary>Stands in for <see cref="System.Threading.SpinWait"/> in the shadow build: hands over to another thread.</summary>
internal struct SpinWait
{
    private System.Threading.SpinWait _real;

    public void SpinOnce(int sleep1Threshold)
    {
        if (!Schedule.TryYield())
            _real.SpinOnce(sleep1Threshold);
    }
}
