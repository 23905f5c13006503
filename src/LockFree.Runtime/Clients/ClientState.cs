namespace LockFree;

/// <summary>What a <see cref="ClientHub"/> has for a key and a type.</summary>
public enum ClientState
{
    /// <summary>Nothing yet, or nothing any more; somebody has asked for the slot.</summary>
    Missing,

    /// <summary>Nothing yet, and an initialiser is running.</summary>
    Initializing,

    /// <summary>A client made by an initialiser; the hub owns and disposes it.</summary>
    Initialized,

    /// <summary>A client that was registered; whoever registered it owns it.</summary>
    Registered,
}
