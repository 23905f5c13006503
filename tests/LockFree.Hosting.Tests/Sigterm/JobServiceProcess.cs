using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.Versioning;

namespace LockFree.Hosting.Tests.Sigterm;

/// <summary>tests/LockFree.Hosting.JobService in a process of its own, with the facts that it tells.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class JobServiceProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _arrivals = new();
    private readonly ConcurrentQueue<(string Fact, string About)> _facts = new();
    private readonly Task _telling;
    private readonly Task<string> _log;

    private JobServiceProcess(Process process)
    {
        _process = process;
        _telling = ReadFactsAsync();
        _log = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Where the service listens.</summary>
    public Uri Address => new(About("listening").Single());

    /// <summary>The last thing that the service told.</summary>
    public (string Fact, string About) LastFact => _facts.Last();

    public static async Task<JobServiceProcess> StartAsync(params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "LockFree.Hosting.JobService.dll"), "--urls", "http://127.0.0.1:0", .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var service = new JobServiceProcess(process);
        await service.ToldAsync("listening");
        return service;
    }

    /// <summary>Completes when the fact has been told that often, not counting what was waited for before.</summary>
    public async Task ToldAsync(string fact, int times = 1)
    {
        for (var i = 0; i < times; i++)
            await Arrivals(fact).WaitAsync().OrHang();
    }

    /// <summary>What the fact was told about, in order.</summary>
    public string[] About(string fact) => [.. _facts.Where(told => told.Fact == fact).Select(told => told.About)];

    public void Command(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
    }

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
    }

    /// <summary>Waits for the end of the process and of all it had to tell.</summary>
    /// <returns>The exit code and the log.</returns>
    public async Task<(int ExitCode, string Log)> ExitedAsync()
    {
        await _process.WaitForExitAsync().OrHang();
        await _telling.OrHang();
        return (_process.ExitCode, await _log.OrHang());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private async Task ReadFactsAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var space = line.IndexOf(' ');
            _facts.Enqueue((line[..space], line[(space + 1)..]));
            Arrivals(line[..space]).Release();
        }
    }

    private SemaphoreSlim Arrivals(string fact) => _arrivals.GetOrAdd(fact, static _ => new SemaphoreSlim(0));
}
