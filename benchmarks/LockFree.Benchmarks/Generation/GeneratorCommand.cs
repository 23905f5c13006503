using System.Globalization;
using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Generation;

/// <summary>Measures what the generator costs in an editor: once when a project is opened, and then at every keystroke.</summary>
internal static class GeneratorCommand
{
    private const int Openings = 7;
    private const int WarmUps = 20;
    private const int Keystrokes = 101;

    /// <summary>Measures a project with so many accessors classes of three clients each.</summary>
    public static ExitCode Run(int classes, TextWriter output)
    {
        var project = new AccessorsProject(classes);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{classes} accessors classes of three clients; milliseconds, median (quartiles)"));
        output.WriteLine();
        output.WriteLine("| | the generator's own steps | all the compiler does for it |");
        output.WriteLine("| --- | ---: | ---: |");
        Measure("open the project, the compiler warm", 2, Openings, project.OpenAgain);
        Measure("type in a method elsewhere", WarmUps, Keystrokes, project.TypeInBody);
        Measure("type in the file of one class", WarmUps, Keystrokes, project.TypeInAccessors);
        Measure("add a member elsewhere", WarmUps, Keystrokes, project.AddMember);
        return ExitCode.Success;

        void Measure(string edit, int warmUps, int times, Action make)
        {
            GeneratorCost[] costs = [.. Enumerable.Range(0, warmUps + times).Select(_ => Once(make)).Skip(warmUps)];
            output.WriteLine($"| {edit} | {Show(costs.Select(cost => cost.OwnSteps))} | {Show(costs.Select(cost => cost.Compiler))} |");
        }

        GeneratorCost Once(Action make)
        {
            make();
            return project.RunGenerator();
        }
    }

    private static string Show(IEnumerable<TimeSpan> times)
    {
        Spread spread = Spread.Of(times.Select(time => time.TotalMilliseconds));
        return string.Create(CultureInfo.InvariantCulture, $"{spread.Median:0.00} ({spread.LowerQuartile:0.00} to {spread.UpperQuartile:0.00})");
    }
}
