namespace LockFree;

/// <summary>Where a <see cref="Lifecycle"/> stands.</summary>
public enum LifecycleStatus
{
    /// <summary>Not started yet, or its last run has ended without a fault. It can be started.</summary>
    Stopped,

    /// <summary>The worker has been started and has not said yet that it is ready.</summary>
    Starting,

    /// <summary>The worker has said that it is ready.</summary>
    Running,

    /// <summary>The worker has been asked to stop and has not ended yet.</summary>
    Stopping,

    /// <summary>The last run ended with an exception. It can be started.</summary>
    Faulted,
}
