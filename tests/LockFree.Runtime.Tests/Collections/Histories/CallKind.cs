namespace LockFree.Tests.Collections.Histories;

/// <summary>What a call does to one key, whichever member of the map it is made through.</summary>
internal enum CallKind
{
    /// <summary>Looks; succeeds with the value if there is one.</summary>
    Read,

    /// <summary>Looks; succeeds if there is a value, and does not tell which.</summary>
    Contains,

    /// <summary>Stores; tells nothing.</summary>
    Set,

    /// <summary>Stores; succeeds with the displaced value if there was one.</summary>
    Exchange,

    /// <summary>Stores if there is no value; fails with the value that is in the way.</summary>
    Add,

    /// <summary>Stores if there is no value; does not tell which is in the way.</summary>
    TryAdd,

    /// <summary>Stores if there is a value; succeeds with the displaced value.</summary>
    Update,

    /// <summary>Stores if there is a certain value.</summary>
    UpdateIf,

    /// <summary>Removes; succeeds with the removed value if there was one.</summary>
    Remove,

    /// <summary>Removes; succeeds if there was a value, and does not tell which.</summary>
    Discard,

    /// <summary>Removes a certain value.</summary>
    RemoveIf,

    /// <summary>Removes; tells nothing.</summary>
    Clear,
}
