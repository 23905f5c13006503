namespace LockFree;

/// <summary>See <see cref="Cell.Select"/>.</summary>
internal sealed class ProjectedCell<TSource, TResult>(IReadOnlyCell<TSource> source, Func<TSource, TResult> projection) : IReadOnlyCell<TResult>
{
    private Projection? _latest;

    public TResult Load() => Project(source.Load());

    public ValueTask<TResult> WaitForChangeAsync(TResult seen, CancellationToken cancellationToken = default)
    {
        var origin = source.Load();
        var result = Project(origin);
        return EqualityComparer<TResult>.Default.Equals(result, seen)
            ? WaitAsync(origin, seen, cancellationToken)
            : new ValueTask<TResult>(result);
    }

    public IDisposable OnChange(Action<TResult> handler) => new CellSubscription<TResult>(this, handler);

    private async ValueTask<TResult> WaitAsync(TSource origin, TResult seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            origin = await source.WaitForChangeAsync(origin, cancellationToken).ConfigureAwait(false);
            var result = Project(origin);
            if (!EqualityComparer<TResult>.Default.Equals(result, seen))
                return result;
        }
    }

    /// <summary>
    /// Runs the projection unless the latest result is of the same origin. Of readers racing for a new origin the first to finish
    /// decides which result all of them see.
    /// </summary>
    private TResult Project(TSource origin)
    {
        var latest = Volatile.Read(ref _latest);
        if (latest is not null && latest.IsOf(origin))
            return latest.Result;

        var made = new Projection(origin, projection(origin));
        var winner = Interlocked.CompareExchange(ref _latest, made, latest);
        return winner is not null && winner.IsOf(origin) ? winner.Result : made.Result;
    }

    /// <summary>An immutable pair, so that origin and result are replaced together.</summary>
    private sealed class Projection(TSource origin, TResult result)
    {
        public TResult Result => result;

        public bool IsOf(TSource other) =>
            typeof(TSource).IsValueType
                ? EqualityComparer<TSource>.Default.Equals(origin, other)
                : ReferenceEquals(origin, other);
    }
}
