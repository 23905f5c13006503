using System.Diagnostics;

namespace LockFree;

/// <summary>See <see cref="Cell.Select"/>.</summary>
/// <remarks>
/// <para>Invariant of <see cref="_latest"/>: while the source holds one value, the result cached for it is not replaced, so readers who
/// compare results by reference see one result. A reader that was held up between its look at the source and the end of the projection
/// would break it by caching a result nobody can get any more; so the source is looked at once more before anything is cached.</para>
/// </remarks>
[DebuggerDisplay("{Load()}")]
internal sealed class ProjectedCell<TSource, TResult>(IReadOnlyCell<TSource> source, Func<TSource, TResult> projection)
    : IReadOnlyCell<TResult>, IChangeSource<TResult>
{
    private Projection? _latest;

    public TResult Load() => Project(source.Load()).Result;

    public ValueTask<TResult> WaitForChangeAsync(TResult seen, CancellationToken cancellationToken = default)
    {
        var current = Project(source.Load());
        return IsCached(current) && !AreEqual(current.Result, seen)
            ? new ValueTask<TResult>(current.Result)
            : WaitAsync(seen, cancellationToken);
    }

    public IDisposable OnChange(Action<TResult> handler) => Subscribe(new HandlerSink<TResult>(handler));

    /// <summary>Subscribes to the source: a projection that throws costs the subscriber one value, not all those after it.</summary>
    public IDisposable Subscribe(IChangeSink<TResult> sink) => CellSubscription<TSource>.Start(source, new PartSink(this, sink));

    private async ValueTask<TResult> WaitAsync(TResult seen, CancellationToken cancellationToken)
    {
        var wasOvertaken = false;
        while (true)
        {
            var origin = source.Load();
            var current = Project(origin);
            if (AreEqual(current.Result, seen))
            {
                await source.WaitForChangeAsync(origin, cancellationToken).ConfigureAwait(false);
                continue;
            }

            // Made anew of a value that is no longer the source's, a result tells nothing about a change: look again. But not for ever.
            if (wasOvertaken || IsCached(current))
                return current.Result;

            wasOvertaken = true;
        }
    }

    /// <summary>
    /// Runs the projection unless the latest result is of the same origin. Of readers racing for a new origin the first to finish
    /// decides which result all of them see.
    /// </summary>
    private Projection Project(TSource origin)
    {
        var latest = Volatile.Read(ref _latest);
        if (latest is not null && latest.IsOf(origin))
            return latest;

        var made = new Projection(origin, projection(origin));
        if (!made.IsOf(source.Load()))
            return made;

        var winner = Interlocked.CompareExchange(ref _latest, made, latest);
        return winner is not null && winner.IsOf(origin) ? winner : made;
    }

    private bool IsCached(Projection result) => ReferenceEquals(Volatile.Read(ref _latest), result);

    private static bool AreEqual(TResult left, TResult right) => EqualityComparer<TResult>.Default.Equals(left, right);

    /// <summary>An immutable pair, so that origin and result are replaced together.</summary>
    private sealed class Projection(TSource origin, TResult result)
    {
        public TResult Result => result;

        public bool IsOf(TSource other) =>
            typeof(TSource).IsValueType
                ? EqualityComparer<TSource>.Default.Equals(origin, other)
                : ReferenceEquals(origin, other);
    }

    /// <summary>Passes a change of the whole on if it is a change of the part.</summary>
    private sealed class PartSink(ProjectedCell<TSource, TResult> cell, IChangeSink<TResult> sink) : IChangeSink<TSource>
    {
        private TResult _last = default!;

        public void Begin(TSource current)
        {
            _last = cell.Project(current).Result;
            sink.Begin(_last);
        }

        public void Change(TSource value)
        {
            var part = cell.Project(value).Result;
            if (AreEqual(part, _last))
                return;

            _last = part;
            sink.Change(part);
        }
    }
}
