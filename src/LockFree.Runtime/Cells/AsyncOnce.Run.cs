using System.Runtime.ExceptionServices;

namespace LockFree;

/// <content>What the state of an <see cref="AsyncOnce{T}"/> is made of.</content>
public sealed partial class AsyncOnce<T>
{
    /// <summary>Holds the value, so that a value of any size is published by one reference.</summary>
    private sealed class Published(T value)
    {
        public readonly T Value = value;
    }

    /// <summary>
    /// One execution of an initialiser. Its methods are called, and <see cref="Result"/> is completed, under <see cref="_gate"/>: whoever
    /// completes it first has decided what the waiters get. They go on elsewhere, so that nobody's code runs under the lock.
    /// </summary>
    private sealed class Run
    {
        private readonly CancellationTokenSource _cancellation = new();
        private int _waiters;
        private bool _isOpen = true;

        /// <summary>What the waiters get; comes before the end when the run is overtaken.</summary>
        public TaskCompletionSource<T> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when the initialiser has returned and the state knows of it; never fails.</summary>
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public WaitNode Node { get; } = new();

        public CancellationToken Token => _cancellation.Token;

        /// <summary>Whether a value it makes is there for those who come later.</summary>
        public bool KeepsResult { get; private set; } = true;

        /// <summary>Why the value could not be disposed that came too late; set before <see cref="Ended"/> completes.</summary>
        public ExceptionDispatchInfo? DisposalFailure { get; set; }

        public bool TryJoin()
        {
            if (!_isOpen)
                return false;

            _waiters++;
            return true;
        }

        /// <returns>Whether the last of those has left who wanted the outcome, so that the run is to be cancelled.</returns>
        public bool Leave()
        {
            if (--_waiters > 0 || Result.Task.IsCompleted)
                return false;

            _isOpen = false;
            return true;
        }

        /// <summary>The waiters stay, the result is not kept.</summary>
        public void Outdate()
        {
            _isOpen = false;
            KeepsResult = false;
        }

        /// <summary>The waiters get another value at once.</summary>
        public void OvertakeWith(T value)
        {
            Outdate();
            Result.TrySetResult(value);
        }

        /// <summary>
        /// The waiters get an exception, unless they have been answered: the exception itself, even when it is a cancellation (its inner
        /// exception tells of timeouts).
        /// </summary>
        public void FailWith(Exception fault)
        {
            Outdate();
            if (Result.TrySetException(fault))
                _ = Result.Task.Exception; // Observed: nobody need be left to wait for it.
        }

        /// <summary>
        /// The token is cancelled on return; its callbacks, user code, run on the pool. One that throws is reported by
        /// <see cref="TaskScheduler.UnobservedTaskException"/>: nobody here has asked for it.
        /// </summary>
        public void Cancel() => _ = _cancellation.CancelAsync();
    }
}
