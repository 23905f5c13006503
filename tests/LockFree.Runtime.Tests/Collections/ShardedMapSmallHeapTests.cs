using System.Diagnostics;

namespace LockFree.Tests.Collections;

/// <summary>When the heap of a whole process is full, see <see cref="SmallHeapProgram"/>.</summary>
public class ShardedMapSmallHeapTests
{
    [Fact]
    public async Task A_map_that_has_used_up_the_heap_has_what_was_stored_and_goes_on_working()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(SmallHeapProgram).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = "0x4000000", ["DOTNET_gcServer"] = "0" },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().OrHang();
        Assert.True(process.ExitCode == 0, $"{await output}{await errors}");
        Assert.Contains("times no memory", await output);
    }
}
