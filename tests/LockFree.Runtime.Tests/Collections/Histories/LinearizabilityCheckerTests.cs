namespace LockFree.Tests.Collections.Histories;

/// <summary>A checker that always says yes proves nothing: these are histories it must refuse, and their harmless twins.</summary>
public class LinearizabilityCheckerTests
{
    [Fact]
    public void A_value_read_after_it_was_removed_is_inexplicable() =>
        Refuses(
            new Call(0, 0, CallKind.Add) { Argument = 1, Succeeded = true, Invoked = 1, Returned = 2 },
            new Call(0, 0, CallKind.Remove) { Succeeded = true, Outcome = 1, Invoked = 3, Returned = 4 },
            new Call(1, 0, CallKind.Read) { Succeeded = true, Outcome = 1, Invoked = 5, Returned = 6 });

    [Fact]
    public void A_value_read_while_it_is_removed_is_explained() =>
        Accepts(
            new Call(0, 0, CallKind.Add) { Argument = 1, Succeeded = true, Invoked = 1, Returned = 2 },
            new Call(0, 0, CallKind.Remove) { Succeeded = true, Outcome = 1, Invoked = 3, Returned = 6 },
            new Call(1, 0, CallKind.Read) { Succeeded = true, Outcome = 1, Invoked = 5, Returned = 7 });

    [Fact]
    public void Calls_that_touch_in_time_count_as_overlapping() =>
        Accepts(
            new Call(0, 0, CallKind.Exchange) { Argument = 1, Invoked = 1, Returned = 2 },
            new Call(1, 0, CallKind.Read) { Invoked = 2, Returned = 3 });

    [Fact]
    public void Two_removals_of_one_value_are_inexplicable() =>
        Refuses(
            new Call(0, 0, CallKind.Add) { Argument = 1, Succeeded = true, Invoked = 1, Returned = 2 },
            new Call(0, 0, CallKind.Remove) { Succeeded = true, Outcome = 1, Invoked = 3, Returned = 9 },
            new Call(1, 0, CallKind.Remove) { Succeeded = true, Outcome = 1, Invoked = 3, Returned = 9 });

    [Fact]
    public void Two_updates_of_one_comparand_are_inexplicable() =>
        Refuses(
            new Call(0, 0, CallKind.Set) { Argument = 1, Invoked = 1, Returned = 2 },
            new Call(0, 0, CallKind.UpdateIf) { Comparand = 1, Argument = 2, Succeeded = true, Invoked = 3, Returned = 9 },
            new Call(1, 0, CallKind.UpdateIf) { Comparand = 1, Argument = 3, Succeeded = true, Invoked = 3, Returned = 9 });

    [Fact]
    public void A_lost_update_is_inexplicable() =>
        Refuses(
            new Call(0, 0, CallKind.Set) { Argument = 1, Invoked = 1, Returned = 2 },
            new Call(0, 0, CallKind.Exchange) { Argument = 2, Succeeded = true, Outcome = 1, Invoked = 3, Returned = 9 },
            new Call(1, 0, CallKind.Exchange) { Argument = 3, Succeeded = true, Outcome = 1, Invoked = 3, Returned = 9 });

    [Fact]
    public void An_order_that_two_readers_see_differently_is_inexplicable() =>
        Refuses(
            new Call(0, 0, CallKind.Set) { Argument = 1, Invoked = 1, Returned = 20 },
            new Call(1, 0, CallKind.Set) { Argument = 2, Invoked = 1, Returned = 20 },
            new Call(2, 0, CallKind.Read) { Succeeded = true, Outcome = 1, Invoked = 2, Returned = 3 },
            new Call(2, 0, CallKind.Read) { Succeeded = true, Outcome = 2, Invoked = 4, Returned = 5 },
            new Call(3, 0, CallKind.Read) { Succeeded = true, Outcome = 2, Invoked = 6, Returned = 7 },
            new Call(3, 0, CallKind.Read) { Succeeded = true, Outcome = 1, Invoked = 8, Returned = 9 });

    [Fact]
    public void A_key_added_twice_is_inexplicable() =>
        Refuses(
            new Call(0, 0, CallKind.TryAdd) { Argument = 1, Succeeded = true, Invoked = 1, Returned = 9 },
            new Call(1, 0, CallKind.TryAdd) { Argument = 2, Succeeded = true, Invoked = 1, Returned = 9 });

    [Fact]
    public void A_key_removed_by_two_of_whom_neither_is_told_its_value_is_inexplicable() =>
        Refuses(
            new Call(0, 0, CallKind.TryAdd) { Argument = 1, Succeeded = true, Invoked = 1, Returned = 2 },
            new Call(0, 0, CallKind.Discard) { Succeeded = true, Invoked = 3, Returned = 9 },
            new Call(1, 0, CallKind.Discard) { Succeeded = true, Invoked = 3, Returned = 9 });

    [Fact]
    public void A_key_that_is_there_and_not_found_is_inexplicable() =>
        Refuses(
            new Call(0, 0, CallKind.TryAdd) { Argument = 1, Succeeded = true, Invoked = 1, Returned = 2 },
            new Call(1, 0, CallKind.Contains) { Succeeded = false, Invoked = 3, Returned = 4 });

    [Fact]
    public void A_value_nobody_wrote_is_inexplicable() =>
        Refuses(new Call(0, 0, CallKind.Read) { Succeeded = true, Outcome = -1, Invoked = 1, Returned = 2 });

    private static void Refuses(params Call[] calls) => Assert.NotNull(new LinearizabilityChecker().FindInexplicable(calls));

    private static void Accepts(params Call[] calls) => Assert.Null(new LinearizabilityChecker().FindInexplicable(calls));
}
