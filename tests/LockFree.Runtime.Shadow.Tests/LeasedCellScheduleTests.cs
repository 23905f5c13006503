using LockFree.Tests.Collections.Histories;
using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>Schedules of readers, writers and the end of a cell whose values have to be disposed once, and not while they are in use.</summary>
public class LeasedCellScheduleTests
{
    [Fact]
    public async Task What_is_leased_is_not_disposed_and_what_is_replaced_is_disposed_once()
    {
        for (int seed = 1; seed <= 600; seed++)
            await ChurnAsync(new ControlledExecution(), seed, readers: 3, turns: 3);
    }

    [Fact]
    public async Task The_same_holds_for_threads_that_stumble_at_random()
    {
        for (int seed = 1; seed <= 60; seed++)
            await ChurnAsync(new NoisyExecution(), seed, readers: 7, turns: 200);
    }

    [Fact]
    public async Task A_lease_that_many_return_at_once_is_returned_once()
    {
        for (int seed = 1; seed <= 400; seed++)
        {
            var resource = new Resource();
            var cell = new LeasedCell<Resource>(resource);
            Lease<Resource> shared = cell.Acquire();
            Lease<Resource> kept = cell.Acquire();
            Exception? failure = ScheduledThreads.Run(
                new ControlledExecution(), seed, shared.Dispose, shared.Dispose, () => cell.Store(new Resource()));
            Assert.Null(failure);
            Assert.True(resource.Disposals == 0, $"Seed {seed}: disposed under a lease.");
            kept.Dispose();
            await resource.Disposed;
        }
    }

    [Fact]
    public void A_returned_lease_takes_nothing_from_the_one_that_has_its_token_now()
    {
        for (int seed = 1; seed <= 400; seed++)
        {
            var resource = new Resource();
            var cell = new LeasedCell<Resource>(resource);
            Lease<Resource> returned = cell.Acquire();
            Action reader = () =>
            {
                returned.Dispose();
                using Lease<Resource> lease = cell.Acquire();
                Schedule.Point();
                returned.Dispose();
                lease.Value.Use();
            };
            Exception? failure = ScheduledThreads.Run(new ControlledExecution(), seed, reader, reader, () => cell.Store(new Resource()));
            Assert.True(failure is null, $"Seed {seed}: {failure}");
        }
    }

    [Fact]
    public async Task A_value_stored_while_the_cell_ends_is_the_cells_or_the_callers()
    {
        for (int seed = 1; seed <= 400; seed++)
        {
            var initial = new Resource("initial");
            var stored = new Resource("stored");
            var cell = new LeasedCell<Resource>(initial);
            bool isTheCells = true;
            Task ended = Task.CompletedTask;
            Exception? failure = ScheduledThreads.Run(
                new ControlledExecution(),
                seed,
                () => ended = cell.DisposeAsync().AsTask(),
                () =>
                {
                    try
                    {
                        cell.Store(stored);
                    }
                    catch (ObjectDisposedException)
                    {
                        isTheCells = false;
                    }
                });
            Assert.Null(failure);
            await ended.OrHang();
            Assert.True((initial.Disposals, stored.Disposals) == (1, isTheCells ? 1 : 0), $"Seed {seed}: {initial.Disposals}, {stored.Disposals}.");
        }
    }

    [Fact]
    public async Task The_end_of_a_cell_waits_for_all_its_values_whoever_ends_it()
    {
        for (int seed = 1; seed <= 400; seed++)
        {
            var cell = new LeasedCell<Resource>(new Resource("first"));
            Lease<Resource> kept = cell.Acquire();
            var ends = new List<Task>();
            Action disposer = () => ends.Add(cell.DisposeAsync().AsTask());
            Exception? failure = ScheduledThreads.Run(
                new ControlledExecution(),
                seed,
                () => StoreUnlessEnded(cell, new Resource("second")),
                () => StoreUnlessEnded(cell, new Resource("third")),
                disposer,
                disposer);
            Assert.Null(failure);
            Assert.All(ends, end => Assert.False(end.IsCompleted, $"Seed {seed}: ended under a lease."));
            kept.Dispose();
            await Task.WhenAll(ends).OrHang();
        }
    }

    [Fact]
    public async Task Everybody_who_ends_a_cell_hears_of_its_end()
    {
        for (int seed = 1; seed <= 400; seed++)
        {
            var cell = new LeasedCell<Resource>(new Resource { OnDispose = () => throw new NotFiniteNumberException() });
            var ends = new List<Task>();
            Action disposer = () => ends.Add(cell.DisposeAsync().AsTask());
            Assert.Null(ScheduledThreads.Run(new ControlledExecution(), seed, disposer, disposer, disposer));
            foreach (Task end in ends)
                await Assert.ThrowsAsync<NotFiniteNumberException>(() => end.OrHang());
        }
    }

    [Fact]
    public async Task A_value_exchanged_for_itself_is_leased_or_refused_and_not_stored_again_wherever_it_is_replaced()
    {
        int refusals = 0;

        // Up to its first point the call has not looked yet, and would store what has been disposed.
        int point = 2;
        while (await ExchangeForItselfStoppedAtAsync(point))
            point++;
        Assert.True(point > 2, "The call was never interrupted.");
        Assert.True(refusals > 0, "No value was disposed before it could be leased.");

        async Task<bool> ExchangeForItselfStoppedAtAsync(int point)
        {
            var value = new Resource("value");
            var other = new Resource("other");
            var cell = new LeasedCell<Resource>(value);
            var exchanging = new SteppedThread(() =>
            {
                try
                {
                    using Lease<Resource> lease = cell.Exchange(value);
                    lease.Value.Use();
                }
                catch (InvalidOperationException)
                {
                    refusals++;
                }
            });
            bool hasStopped = exchanging.Run(point) != StepOutcome.Ended;
            cell.Store(other);
            SteppedThread.RunToEnd(exchanging);

            await cell.DisposeAsync().OrHang();
            Assert.True((value.Disposals, other.Disposals) == (1, 1), $"Point {point}: {value.Disposals}, {other.Disposals} disposals.");
            return hasStopped;
        }
    }

    [Fact]
    public async Task A_value_exchanged_for_itself_while_the_cell_ends_is_leased_or_the_end_is_told()
    {
        int point = 1;
        while (await ExchangeForItselfStoppedAtAsync(point))
            point++;
        Assert.True(point > 2, "The call was never interrupted.");

        static async Task<bool> ExchangeForItselfStoppedAtAsync(int point)
        {
            var value = new Resource("value");
            var cell = new LeasedCell<Resource>(value);
            var exchanging = new SteppedThread(() =>
            {
                try
                {
                    using Lease<Resource> lease = cell.Exchange(value);
                    lease.Value.Use();
                }
                catch (ObjectDisposedException told)
                {
                    Assert.StartsWith($"The cell of {typeof(Resource)} has been disposed.", told.Message);
                }
            });
            bool hasStopped = exchanging.Run(point) != StepOutcome.Ended;
            Task end = cell.DisposeAsync().AsTask();
            SteppedThread.RunToEnd(exchanging);

            await end.OrHang();
            Assert.Equal(1, value.Disposals);
            return hasStopped;
        }
    }

    private static async Task ChurnAsync(IExecution execution, int seed, int readers, int turns)
    {
        Resource[] resources = [.. Enumerable.Range(0, 2 * turns + 1).Select(number => new Resource($"{number}"))];
        var cell = new LeasedCell<Resource>(resources[0]);
        Action reader = () =>
        {
            for (int turn = 0; turn < turns; turn++)
            {
                Lease<Resource> lease = cell.Acquire();
                Lease<Resource> copy = lease;
                lease.Value.Use();
                Schedule.Point();
                lease.Value.Use();
                lease.Dispose();
                copy.Dispose();
            }
        };
        Action writer = () =>
        {
            for (int turn = 1; turn <= turns; turn++)
            {
                cell.Store(resources[2 * turn - 1]);
                using Lease<Resource> displaced = cell.Exchange(resources[2 * turn]);
                displaced.Value.Use();
                Assert.False(cell.TryExchange(new Resource(), displaced.Value));
            }
        };

        Exception? failure = ScheduledThreads.Run(execution, seed, [writer, .. Enumerable.Repeat(reader, readers)]);
        Assert.True(failure is null, $"Seed {seed}: {failure}");
        await cell.DisposeAsync().OrHang();
        Assert.All(resources, resource => Assert.Equal(1, resource.Disposals));
    }

    private static void StoreUnlessEnded(LeasedCell<Resource> cell, Resource value)
    {
        try
        {
            cell.Store(value);
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
