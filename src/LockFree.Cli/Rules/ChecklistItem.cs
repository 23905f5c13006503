using System.Globalization;

namespace LockFree.Cli.Rules;

/// <summary>One line of the migration checklist. A rule belongs to the item its first digit names: LF<b>3</b>001 to item 3.</summary>
/// <param name="Number">1 to 6 for the migration checklist; none for the accessors classes, which stand beside it.</param>
/// <param name="Name">A word or two for tables.</param>
/// <param name="Goal">What the checklist asks for.</param>
internal sealed record ChecklistItem(int? Number, string Name, string Goal)
{
    private const int AccessorsDigit = 9;

    /// <summary>The checklist, in its order.</summary>
    public static IReadOnlyList<ChecklistItem> Migration { get; } =
    [
        new(1, "Hot collections", "Replace dictionaries and sets under a lock with ShardedMap and ShardedSet"),
        new(2, "Read-mostly data", "Swap read-mostly data atomically instead of locking its readers"),
        new(3, "Locks in async code", "Keep reader-writer and thread-affine locks out of async code"),
        new(4, "Shutdown", "Use a CancellationToken for graceful shutdown"),
        new(5, "Client lookup", "Move client lookup out of handlers into initialization"),
        new(6, "Downcasts", "Downcast each client exactly once"),
    ];

    /// <summary>What the generator's companion analyzer checks.</summary>
    public static ChecklistItem Accessors { get; } = new(null, "Client accessors", "Declare accessors classes the generator can complete");

    /// <summary>What reports call it: an item of the checklist by number and goal, the accessors by name.</summary>
    public string Heading => Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}. {Goal}") : Name;

    /// <summary>The item a rule belongs to, or null for a number outside the scheme.</summary>
    public static ChecklistItem? Of(string ruleId)
    {
        if (ruleId.Length < 3 || !ruleId.StartsWith("LF", StringComparison.Ordinal) || !char.IsAsciiDigit(ruleId[2]))
            return null;

        int number = ruleId[2] - '0';
        return number == AccessorsDigit ? Accessors : Migration.FirstOrDefault(item => item.Number == number);
    }
}
