namespace LockFree.Analyzers;

/// <summary>One category per item of the migration checklist: the first digit of a rule's number says which.</summary>
internal static class RuleCategory
{
    public const string HotCollections = "LockFree.HotCollections";
    public const string ReadMostly = "LockFree.ReadMostly";
    public const string AsyncLocks = "LockFree.AsyncLocks";
    public const string Shutdown = "LockFree.Shutdown";
    public const string ClientLookup = "LockFree.ClientLookup";
    public const string Downcasts = "LockFree.Downcasts";
}
