namespace LockFree;

/// <summary>
/// What makes one lease differ from another, so that a lease is returned once however often, by however many and in however many copies it
/// is disposed. Tokens are used again: a lease is a token and the version it had, and the version moves on when the lease ends.
/// </summary>
/// <remarks>
/// Tokens not in use lie in a stack per thread, which needs no synchronisation: a lease takes one from the thread that acquires it and
/// leaves it with the thread that returns it. So a thread that does both allocates nothing.
/// </remarks>
internal sealed class LeaseToken
{
    private const int KeptPerThread = 64;

    [ThreadStatic]
    private static LeaseToken? _top;

    private long _version;

    // The two are of the thread whose stack the token lies in: the token below, and how many lie there together with it.
    private LeaseToken? _below;
    private int _depth;

    /// <summary>The lease of whoever has taken the token; of nobody, while it lies in a stack.</summary>
    public long Version => Volatile.Read(ref _version);

    public static LeaseToken Take()
    {
        if (_top is not { } token)
            return new LeaseToken();

        _top = token._below;
        token._below = null;
        return token;
    }

    /// <summary>Ends the lease of this version and puts the token back.</summary>
    /// <returns><see langword="false"/> when the lease has ended before.</returns>
    public bool TryEnd(long version)
    {
        if (Interlocked.CompareExchange(ref _version, version + 1, version) != version)
            return false;

        var below = _top;
        var depth = below is null ? 1 : below._depth + 1;
        if (depth <= KeptPerThread)
        {
            _below = below;
            _depth = depth;
            _top = this;
        }

        return true;
    }
}
