namespace LockFree;

/// <summary>
/// The rounds of <see cref="SwapCell{T}.UpdateOnceAsync"/>: one is running at most, one is gathering those who asked since.
/// </summary>
/// <remarks>
/// Each round is an <see cref="AsyncOnce{T}"/>, which knows who waits, cancels when all have left, and hands out faults. What is added
/// here is the order of the rounds: a round begins when the one before has ended, and from then on new requests gather for the next.
/// </remarks>
internal sealed class SerialRebuild<T>(SwapCell<T> cell)
    where T : class?
{
    private readonly object _gate = new();

    // Both guarded by _gate. A round that has ended is forgotten, so that the value it made is not kept alive by it.
    private Round? _gathering;
    private Round? _running;

    public async Task<T> RequestAsync(Func<T, CancellationToken, ValueTask<T>> rebuild, CancellationToken cancellationToken)
    {
        while (true)
        {
            Round round;
            Round? running;
            lock (_gate)
            {
                round = _gathering ??= new Round();
                running = _running;
            }

            // To wait for the next round is to wait for the end of the one that runs. From inside that one it would be for ever.
            var wait = default(WaitNode.Wait);
            if (running?.Node is { } node && !WaitNode.TryBeginWait(node, out wait))
            {
                throw new InvalidOperationException(
                    $"The rebuild of the cell of {typeof(T)} waits, directly or through others, for the rebuild that follows it. Break the "
                    + "circle: return the new value from the rebuild, and let whoever asked for it ask for the next one afterwards.");
            }

            Outcome outcome;
            using (wait)
            {
                outcome = await round.Once
                    .GetAsync(
                        static (run, token) => run.Rebuilds.RunAsync(run.Round, run.Rebuild, token),
                        (Rebuilds: this, Round: round, Rebuild: rebuild),
                        cancellationToken)
                    .ConfigureAwait(false);
            }

            if (!outcome.IsTooLate)
                return outcome.Value;
        }
    }

    private async ValueTask<Outcome> RunAsync(
        Round round, Func<T, CancellationToken, ValueTask<T>> rebuild, CancellationToken cancellationToken)
    {
        if (!await TryBeginAsync(round, cancellationToken).ConfigureAwait(false))
            return Outcome.TooLate;

        try
        {
            var current = cell.Load();
            while (true)
            {
                var rebuilt = await rebuild(current, cancellationToken).ConfigureAwait(false);
                var found = cell.CompareExchange(rebuilt, current);
                if (ReferenceEquals(found, current))
                    return new Outcome(rebuilt);

                // Another run is for those who wait. When nobody does, one that does not look at its token would be repeated in vain.
                cancellationToken.ThrowIfCancellationRequested();
                current = found;
            }
        }
        finally
        {
            lock (_gate)
                _running = null;

            round.Ended.SetResult();
        }
    }

    /// <summary>Waits until the round before has ended, then lets nobody join any more.</summary>
    /// <returns>
    /// <see langword="false"/> for a round that had its time already, and failed: a caller took it while it was gathering and came late.
    /// </returns>
    private async ValueTask<bool> TryBeginAsync(Round round, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task runningEnd;
            lock (_gate)
            {
                if (!ReferenceEquals(_gathering, round))
                    return false;

                if (_running is null)
                {
                    _gathering = null;
                    _running = round;
                    round.Node = WaitNode.Current;
                    return true;
                }

                runningEnd = _running.Ended.Task;
            }

            // When everybody has left, the wait ends here, and the round goes on gathering for whoever comes next.
            await runningEnd.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class Round
    {
        public AsyncOnce<Outcome> Once { get; } = new();

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The run's node, from when it has begun; guarded by <see cref="_gate"/> until then, constant after.</summary>
        public WaitNode? Node { get; set; }
    }

    private readonly record struct Outcome(T Value, bool IsTooLate = false)
    {
        public static Outcome TooLate => new(default!, IsTooLate: true);
    }
}
