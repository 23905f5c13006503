namespace LockFree.Tests.Examples;

internal static class ReportRepair
{
    /// <summary>Replaces a store that is broken, unless somebody else has done so already.</summary>
    public static async Task<bool> RepairAsync(LeasedCell<ReportStore> cell, Func<Task<ReportStore>> open)
    {
        using var broken = cell.Acquire();
        var repaired = await open();
        if (cell.TryExchange(repaired, broken.Value))
            return true;

        await repaired.DisposeAsync();
        return false;
    }
}
