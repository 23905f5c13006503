using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using Xunit.Abstractions;

namespace LockFree.Hosting.Tests.Sigterm;

/// <summary>A service under Kestrel, in a process of its own, is told to terminate while clients keep it busy.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SigtermTests(ITestOutputHelper output)
{
    private const int Clients = 16;
    private const int HeldRequests = 16;
    private const int HeldJobs = 64;

    [Fact]
    public async Task WhatWasAcceptedIsAnsweredAndDoneBeforeTheProcessEnds()
    {
        using var service = await JobServiceProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = service.Address };
        var (load, held) = await LoadAsync(service, http);

        var sinceSignal = Stopwatch.StartNew();
        service.Terminate();
        await service.ToldAsync("stopping");
        Assert.False(held.IsCompleted);
        service.Command("answer");
        await held.OrHang();
        await load.Refused;

        // The server has stopped; what is left to wait for are jobs.
        Assert.False(service.HasExited);
        service.Command("work");
        var (exitCode, log) = await service.ExitedAsync();
        sinceSignal.Stop();

        var requests = service.About("accepted-request").ToHashSet();
        var jobs = service.About("accepted-job").ToHashSet();
        var saved = service.About("saved-job");
        var lostRequests = requests.Except(load.Answers.Keys).ToArray();
        var lostJobs = jobs.Except(saved).ToArray();
        output.WriteLine(
            $"requests: {requests.Count} accepted, {requests.Count - lostRequests.Length} answered, {lostRequests.Length} lost; " +
            $"jobs: {jobs.Count} accepted, {saved.Length} done, {lostJobs.Length} lost; " +
            $"exit code {exitCode}, {sinceSignal.ElapsedMilliseconds} ms after SIGTERM");

        Assert.Empty(lostRequests);
        Assert.Empty(lostJobs);
        Assert.Equal(saved.Length, saved.Distinct().Count());
        Assert.All(load.Answers, answer => Assert.Contains(answer.Value, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.Accepted]));
        Assert.Equal(0, exitCode);
        Assert.Equal(("closed-store", ""), service.LastFact);
        Assert.DoesNotContain("warn:", log);
    }

    [Fact]
    public async Task WithoutTheDrainTheProcessEndsWithItsJobsUndone()
    {
        using var service = await JobServiceProcess.StartAsync("--Drain", "false");
        using var http = new HttpClient { BaseAddress = service.Address };
        var (load, held) = await LoadAsync(service, http);

        service.Terminate();
        await service.ToldAsync("stopping");
        service.Command("answer");
        await held.OrHang();
        await load.Refused;
        var (exitCode, _) = await service.ExitedAsync();

        var lostJobs = service.About("accepted-job").Except(service.About("saved-job")).ToArray();
        output.WriteLine($"without the drain: {lostJobs.Length} jobs lost of {service.About("accepted-job").Length}, exit code {exitCode}");
        Assert.Subset(lostJobs.ToHashSet(), Enumerable.Range(0, HeldJobs).Select(HeldJob).ToHashSet());
    }

    [Fact]
    public async Task JobsThatOutlastTheShutdownTimeoutDoNotKeepTheProcessAndAreTold()
    {
        using var service = await JobServiceProcess.StartAsync("--Host:ShutdownTimeout", "00:00:00.5");
        using var http = new HttpClient { BaseAddress = service.Address };
        var load = new Load(http, clients: 0);
        await Task.WhenAll(Enumerable.Range(0, HeldJobs).Select(i => load.SendAsync(HttpMethod.Post, $"/held-jobs/{HeldJob(i)}"))).OrHang();

        service.Terminate();
        var (exitCode, log) = await service.ExitedAsync();

        Assert.Equal(0, exitCode);
        Assert.Empty(service.About("saved-job"));
        Assert.Contains($"LockFree.TaskTracker[22] Tracked tasks did not end in time and were cancelled and abandoned: {HeldJobs} left.", log);
        Assert.Equal(("closed-store", ""), service.LastFact);
    }

    /// <summary>Brings the service to where it has requests and jobs that wait, and clients that keep sending more.</summary>
    private static async Task<(Load Load, Task HeldRequests)> LoadAsync(JobServiceProcess service, HttpClient http)
    {
        var load = new Load(http, Clients);
        var held = Task.WhenAll(Enumerable.Range(0, HeldRequests).Select(i => load.SendAsync(HttpMethod.Get, $"/held-requests/{i}")));
        await Task.WhenAll(Enumerable.Range(0, HeldJobs).Select(i => load.SendAsync(HttpMethod.Post, $"/held-jobs/{HeldJob(i)}"))).OrHang();
        await service.ToldAsync("held-request", HeldRequests);
        await load.AnsweredAsync(1000);
        return (load, held);
    }

    private static string HeldJob(int number) => $"held-{number}";
}
