using System.Net;
using System.Text.Json;
using LockFree.Samples.Tests.Hosts;
using LockFree.Samples.Tests.Scripts;
using static System.Net.HttpStatusCode;

namespace LockFree.Samples.Tests;

/// <summary>
/// Requests that race. Who wins may differ from run to run; how many win and what is there in the end may not, and both gateways
/// must come to the same.
/// </summary>
public class ConcurrentParityTests
{
    [Fact]
    public async Task OfRacingRegistrationsOfOneNameExactlyOneIsAccepted()
    {
        await BothAsync([], async gateway =>
        {
            var steps = Enumerable.Range(0, 200).Select(i => Step.Post("/routes", Json.Route($"route-{i % 50}"), Created)).ToArray();
            var answers = await gateway.Http.SendAllAtOnceAsync(steps);

            Assert.All(answers.Index().GroupBy(answer => answer.Index % 50), AssertOneWinner(Created, Conflict));
            return [await TextAsync(gateway, "/routes"), await SortedJournalAsync(gateway)];
        });
    }

    [Fact]
    public async Task OfRacingRemovalsOfOneNameExactlyOneSucceeds()
    {
        await BothAsync([], async gateway =>
        {
            await gateway.Http.SendAllAtOnceAsync(
                Enumerable.Range(0, 25).Select(i => Step.Post("/routes", Json.Route($"route-{i}"), Created)));
            var answers = await gateway.Http.SendAllAtOnceAsync(
                Enumerable.Range(0, 100).Select(i => Step.Delete($"/routes/route-{i % 25}", NoContent)));

            Assert.All(answers.Index().GroupBy(answer => answer.Index % 25), AssertOneWinner(NoContent, NotFound));
            return [await TextAsync(gateway, "/routes"), await SortedJournalAsync(gateway)];
        });
    }

    [Fact]
    public async Task OfRacingRequestsWithOneIdExactlyOneReachesTheBackend()
    {
        await BothAsync([], async gateway =>
        {
            var answers = await gateway.Http.SendAllAtOnceAsync(
                Enumerable.Range(0, 200).Select(i => Step.Dispatch("charge", $"request-{i % 50}", OK, item: "coffee", quantity: 1)));

            Assert.All(answers.Index().GroupBy(answer => answer.Index % 50), AssertOneWinner(OK, Conflict));
            return [await TextAsync(gateway, "/statistics"), await TextAsync(gateway, "/customers/ada/balance")];
        });
    }

    [Fact]
    public async Task RacingRequestsOfOneCustomerShareOneQuota()
    {
        await BothAsync([("Gateway:DispatchesPerCustomer", "10")], async gateway =>
        {
            var answers = await gateway.Http.SendAllAtOnceAsync(
                Enumerable.Range(0, 120).Select(i => Step.Dispatch("quote", $"request-{i}", OK, customer: $"customer-{i % 3}")));

            Assert.All(
                answers.Index().GroupBy(answer => answer.Index % 3),
                customer => Assert.Equal(10, customer.Count(answer => answer.Item.Status == OK)));
            return [Counts(answers), await TextAsync(gateway, "/statistics")];
        });
    }

    [Fact]
    public async Task OfRacingPaymentsWithOneIdExactlyOneIsBooked()
    {
        await BothAsync([], async gateway =>
        {
            var answers = await gateway.Http.SendAllAtOnceAsync(
                Enumerable.Range(0, 120).Select(i => Step.Post("/customers/ada/payments", Json.Payment($"payment-{i % 30}", 1), OK)));

            Assert.All(answers.Index().GroupBy(answer => answer.Index % 30), AssertOneWinner(OK, Conflict));
            return [await TextAsync(gateway, "/customers/ada/balance")];
        });
    }

    [Fact]
    public async Task EveryReportAddsUpWhileDispatchesRun()
    {
        await BothAsync([], async gateway =>
        {
            var dispatches = Enumerable.Range(0, 120).Select(i => Step.Dispatch(i % 2 == 0 ? "quote" : "charge", $"request-{i}", OK));
            var reports = Enumerable.Range(0, 120).Select(_ => Step.Get("/statistics"));
            var pairs = dispatches.Zip(reports, (dispatch, report) => new[] { dispatch, report });
            var answers = await gateway.Http.SendAllAtOnceAsync(pairs.SelectMany(pair => pair));

            Assert.All(answers.Where((_, i) => i % 2 == 1), AssertAddsUp);
            return [await TextAsync(gateway, "/statistics"), await TextAsync(gateway, "/customers/ada/balance")];
        });
    }

    [Fact]
    public async Task ChangesOfRoutesAndSettingsNeverBreakADispatch()
    {
        await BothAsync([], async gateway =>
        {
            var steps = Enumerable.Range(0, 200).Select(i => (i % 5) switch
            {
                0 => Step.Put("/settings", Json.Settings(maintenance: i % 2 == 0, 500), OK),
                1 => Step.Put("/routes/quote", Json.Route("quote", i % 2 == 0 ? "pricing" : "billing"), OK),
                2 => Step.Get("/routes"),
                3 => Step.Post("/routes/reload", null, OK),
                _ => Step.Dispatch("quote", $"request-{i}", OK),
            }).ToArray();
            var answers = await gateway.Http.SendAllAtOnceAsync(steps);

            Assert.All(steps.Zip(answers), pair => Assert.True(
                pair.Second.Status == OK || pair.First.RequestId is not null && pair.Second.Status == ServiceUnavailable,
                $"{pair.First} was answered with {pair.Second}."));

            await gateway.Http.SendAsync(Step.Put("/settings", Json.Settings(maintenance: false, 500), OK));
            await gateway.Http.SendAsync(Step.Post("/routes/reload", null, OK));
            return [await TextAsync(gateway, "/settings"), await TextAsync(gateway, "/routes"), await SortedJournalAsync(gateway)];
        });
    }

    [Fact]
    public async Task EveryBackendIsConnectedOnceHoweverManyRequestsRace()
    {
        await BothAsync([], async gateway =>
        {
            await gateway.Http.SendAllAtOnceAsync(
                Enumerable.Range(0, 60).Select(i => Step.Dispatch(i % 2 == 0 ? "buy" : "charge", $"request-{i}", OK)));
            await gateway.NextWindowAsync();
            return [await TextAsync(gateway, "/backends")];
        });
    }

    private static async Task BothAsync((string Key, string Value)[] settings, Func<RunningGateway, Task<string[]>> race)
    {
        var legacy = await RunAsync(GatewayVersion.Legacy);
        var migrated = await RunAsync(GatewayVersion.Migrated);
        Assert.Equal(legacy, migrated);

        async Task<string[]> RunAsync(GatewayVersion version)
        {
            await using var gateway = await RunningGateway.StartAsync(version, settings);
            return await race(gateway);
        }
    }

    private static Action<IEnumerable<(int Index, Answer Item)>> AssertOneWinner(HttpStatusCode won, HttpStatusCode lost) => answers =>
    {
        var statuses = answers.Select(answer => answer.Item.Status).ToArray();
        Assert.Single(statuses, won);
        Assert.Equal(statuses.Length - 1, statuses.Count(status => status == lost));
    };

    private static void AssertAddsUp(Answer answer)
    {
        var report = JsonDocument.Parse(answer.Body).RootElement;
        var byRoute = report.GetProperty("byRoute").EnumerateObject().Sum(route => route.Value.GetInt32());
        Assert.Equal(report.GetProperty("total").GetInt32(), byRoute);
    }

    private static string Counts(Answer[] answers) =>
        string.Join(", ", answers.CountBy(answer => answer.Status).OrderBy(count => count.Key).Select(count => $"{count.Key} {count.Value}"));

    private static async Task<string> TextAsync(RunningGateway gateway, string path) => await gateway.Http.GetStringAsync(path);

    /// <summary>The journal's order is that of the race.</summary>
    private static async Task<string> SortedJournalAsync(RunningGateway gateway)
    {
        var entries = JsonSerializer.Deserialize<string[]>(await TextAsync(gateway, "/journal"))!;
        return string.Join('\n', entries.Order(StringComparer.Ordinal));
    }
}
