using System.Collections.Immutable;
using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>Schedules of readers, writers and waiters of a cell.</summary>
public class SwapCellScheduleTests
{
    [Fact]
    public void Updates_of_racing_writers_are_not_lost()
    {
        for (int seed = 1; seed <= 400; seed++)
        {
            var cell = new SwapCell<ImmutableList<int>>([]);
            Action[] writers = [.. Enumerable.Range(0, 3).Select<int, Action>(writer => () =>
            {
                for (int item = 0; item < 4; item++)
                {
                    if (item % 2 == 0)
                        cell.Update(static (list, added) => list.Add(added), writer * 4 + item);
                    else
                        Assert.True(cell.TryUpdate(static (list, added) => list.Add(added), writer * 4 + item, out _));
                }
            })];
            Assert.Null(ScheduledThreads.Run(new ControlledExecution(), seed, writers));
            Assert.Equal(Enumerable.Range(0, 12), cell.Load().Order());
        }
    }

    [Fact]
    public void Every_value_is_displaced_once()
    {
        for (int seed = 1; seed <= 400; seed++)
        {
            var cell = new SwapCell<object>(0);
            var displaced = new object[3][];
            Action[] writers = [.. Enumerable.Range(0, 3).Select<int, Action>(writer => () =>
                displaced[writer] = [.. Enumerable.Range(1, 4).Select(item => cell.Exchange(writer * 4 + item))])];
            Assert.Null(ScheduledThreads.Run(new ControlledExecution(), seed, writers));
            Assert.Equal(Enumerable.Range(0, 13), displaced.SelectMany(values => values).Append(cell.Load()).Cast<int>().Order());
        }
    }

    [Fact]
    public async Task No_waiter_misses_the_last_change()
    {
        for (int seed = 1; seed <= 400; seed++)
        {
            var cell = new SwapCell<string>("first");
            var waits = new List<Task<string>>();
            Action waiter = () =>
            {
                string seen = cell.Load();
                Task<string> wait = cell.WaitForChangeAsync(seen).AsTask();
                if (seen != "last")
                    waits.Add(wait);
            };
            Action writer = () =>
            {
                cell.Store("middle");
                cell.Store("last");
            };
            Assert.Null(ScheduledThreads.Run(new ControlledExecution(), seed, waiter, waiter, writer));
            Assert.DoesNotContain("first", await Task.WhenAll(waits).OrHang());
        }
    }

    [Fact]
    public void A_view_has_one_result_for_as_long_as_the_cell_has_one_value()
    {
        for (int seed = 1; seed <= 400; seed++)
        {
            var cell = new SwapCell<string>("0");
            IReadOnlyCell<Part> view = cell.Select(text =>
            {
                Schedule.Point();
                return new Part(text);
            });
            var seen = new List<Part>();
            Action reader = () =>
            {
                for (int turn = 0; turn < 4; turn++)
                {
                    string before = cell.Load();
                    Part part = view.Load();
                    if (part.Origin == before && cell.Load() == before)
                        seen.Add(part);
                }
            };
            Action writer = () =>
            {
                cell.Store("1");
                cell.Store("2");
            };
            Assert.Null(ScheduledThreads.Run(new ControlledExecution(), seed, reader, reader, reader, writer));
            Assert.All(seen.GroupBy(part => part.Origin), parts => Assert.True(parts.Distinct().Count() == 1, $"Seed {seed}: value {parts.Key}."));
        }
    }

    private sealed class Part(string origin)
    {
        public string Origin => origin;
    }
}
