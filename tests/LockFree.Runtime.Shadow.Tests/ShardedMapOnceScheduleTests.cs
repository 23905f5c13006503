using LockFree.Tests.Shadow;

namespace LockFree.Tests;

/// <summary>Schedules of callers who race for one key whose factory has to run once.</summary>
public class ShardedMapOnceScheduleTests
{
    [Fact]
    public void A_factory_runs_once_as_long_as_its_value_stays()
    {
        for (int seed = 1; seed <= 400; seed++)
        {
            var map = new ShardedMap<int, int>();
            int runs = 0;
            int additions = 0;
            Action caller = () =>
            {
                map.GetOrAddOnce(1, _ => ++runs, out bool added);
                additions += added ? 1 : 0;
            };
            Assert.Null(ScheduledThreads.Run(new ControlledExecution(), seed, caller, caller, caller));
            Assert.True((runs, additions) == (1, 1), $"Seed {seed}: {runs} runs, {additions} additions.");
            Assert.Equal(1, map[1]);
        }
    }

    [Fact]
    public void Runs_of_one_key_never_overlap_and_none_is_in_vain()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            var map = new ShardedMap<int, int>();
            int running = 0;
            int runs = 0;
            int additions = 0;
            int overlaps = 0;
            Action caller = () =>
            {
                for (int call = 0; call < 6; call++)
                {
                    map.GetOrAddOnce(
                        1,
                        _ =>
                        {
                            overlaps += ++running == 1 ? 0 : 1;
                            Schedule.Point();
                            running--;
                            return ++runs;
                        },
                        out bool added);
                    additions += added ? 1 : 0;
                    map.TryRemove(1, out _);
                }
            };
            Assert.Null(ScheduledThreads.Run(new ControlledExecution(), seed, caller, caller, caller));
            Assert.True(runs > 0 && (overlaps, runs) == (0, additions), $"Seed {seed}: {overlaps} overlaps, {runs} runs, {additions} additions.");
        }
    }

    [Fact]
    public void A_factory_that_throws_hands_over_to_a_waiting_caller()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            var map = new ShardedMap<int, int>();
            int runs = 0;
            int failures = 0;
            Action caller = () =>
            {
                try
                {
                    map.GetOrAddOnce(1, _ => ++runs == 1 ? throw new NotFiniteNumberException() : 7);
                }
                catch (NotFiniteNumberException)
                {
                    failures++;
                }
            };
            Assert.Null(ScheduledThreads.Run(new ControlledExecution(), seed, caller, caller, caller));
            Assert.Equal((2, 1, 7), (runs, failures, map[1]));
        }
    }
}
