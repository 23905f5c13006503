using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace LockFree;

/// <summary>
/// The right to use a value of a <see cref="LeasedCell{T}"/>: it is not disposed before the lease is returned, by <see cref="Dispose"/>.
/// </summary>
/// <remarks>
/// All copies of a lease are one lease. It may be kept across an <see langword="await"/> and returned on another thread, and be disposed
/// any number of times, by several threads at once, through any of its copies: it is returned once. A lease that is never returned keeps
/// its value from being disposed, and <see cref="LeasedCell{T}.DisposeAsync"/> from ending. That is on purpose: to return it when it is
/// collected would dispose values that were taken out of their lease and are still in use.
/// </remarks>
/// <typeparam name="T">The type of the value.</typeparam>
[DebuggerDisplay("{_leased?.Value}")]
public readonly struct Lease<T> : IDisposable
    where T : class
{
    private readonly LeasedValue<T>? _leased;
    private readonly LeaseToken? _token;
    private readonly long _version;

    /// <summary>Makes one of the leases counted in <paramref name="leased"/> the caller's.</summary>
    internal Lease(LeasedValue<T> leased)
    {
        _leased = leased;
        _token = LeaseToken.Take();
        _version = _token.Version;
    }

    /// <summary>The value. Take it out of the lease for as long as the lease lasts, and no longer.</summary>
    /// <exception cref="ObjectDisposedException">The lease has been returned, through this or another copy, or is none.</exception>
    public T Value
    {
        get
        {
            if (_token is null || _token.Version != _version)
                ThrowReturned();

            return _leased!.Value;
        }
    }

    /// <summary>
    /// Returns the lease. If it was the last one on a value that is no longer its cell's, the value is disposed, on the thread pool.
    /// Never blocks, never throws, runs no user code.
    /// </summary>
    public void Dispose()
    {
        if (_token is not null && _token.TryEnd(_version))
            _leased!.Return();
    }

    [DoesNotReturn]
    private static void ThrowReturned() => throw new ObjectDisposedException(nameof(Lease<>), "The lease has been returned.");
}
