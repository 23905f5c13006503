using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LockFree.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Benchmarks.Generation;

/// <summary>A project with many accessors classes, each in a file of its own, as an editor holds it while somebody types.</summary>
internal sealed class AccessorsProject
{
    private const int Elsewhere = 1;
    private const int FirstAccessors = 2;

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest);
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly SyntaxTree[] _files;
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;
    private int _edits;

    public AccessorsProject(int classes)
    {
        _files =
        [
            CSharpSyntaxTree.ParseText("namespace Shop; public interface IOrders; public interface IBilling; public interface IPricing;", Parse, "Contracts.cs"),
            CSharpSyntaxTree.ParseText(ElsewhereText(member: 0, number: 0), Parse, "Elsewhere.cs"),
            .. Enumerable.Range(0, classes).Select(number => CSharpSyntaxTree.ParseText(AccessorsText(number, message: 0), Parse, $"Clients{number}.cs")),
        ];
        OpenAgain();
    }

    /// <summary>Forgets everything about the project: it is compiled and generated for the first time.</summary>
    [MemberNotNull(nameof(_compilation), nameof(_driver))]
    public void OpenAgain()
    {
        _compilation = CSharpCompilation.Create("Shop", _files, References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _driver = CSharpGeneratorDriver.Create(
            [new ClientAccessorsGenerator().AsSourceGenerator()],
            parseOptions: Parse,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
    }

    public void TypeInBody() => Replace(Elsewhere, ElsewhereText(member: 0, ++_edits));

    public void TypeInAccessors() => Replace(FirstAccessors, AccessorsText(number: 0, ++_edits));

    public void AddMember() => Replace(Elsewhere, ElsewhereText(++_edits, number: 0));

    public GeneratorCost RunGenerator()
    {
        long start = Stopwatch.GetTimestamp();
        _driver = _driver.RunGenerators(_compilation);
        TimeSpan compiler = Stopwatch.GetElapsedTime(start);

        GeneratorRunResult result = _driver.GetRunResult().Results.Single();
        if (result.Exception is { } exception)
            throw new InvalidOperationException("The generator threw.", exception);
        if (result.GeneratedSources.Length != _files.Length - FirstAccessors)
            throw new InvalidOperationException($"{result.GeneratedSources.Length} files were generated for {_files.Length - FirstAccessors} classes.");
        return new GeneratorCost(TimeOfOwnSteps(result), compiler);
    }

    private static TimeSpan TimeOfOwnSteps(GeneratorRunResult result) => TrackingNames.All
        .SelectMany(step => result.TrackedSteps.TryGetValue(step, out var runs) ? runs : [])
        .Concat(result.TrackedOutputSteps.SelectMany(step => step.Value))
        .Aggregate(TimeSpan.Zero, (sum, run) => sum + run.ElapsedTime);

    private void Replace(int file, string text)
    {
        SyntaxTree before = _compilation.SyntaxTrees[file];
        _compilation = _compilation.ReplaceSyntaxTree(before, CSharpSyntaxTree.ParseText(text, Parse, before.FilePath));
    }

    private static string ElsewhereText(int member, int number) => $$"""
        namespace Shop;

        public class Elsewhere
        {
            public int Member{{member}}() => {{number}};
        }
        """;

    private static string AccessorsText(int number, int message) => $$"""
        using System.Threading;
        using System.Threading.Tasks;
        using LockFree;

        namespace Shop;

        [ClientAccessors]
        public partial class Clients{{number}}
        {
            [Client("orders")]
            public partial IOrders Orders { get; }

            [Client("billing", Scope = "eu")]
            public partial IBilling Billing { get; }

            [Client("pricing", Initializer = nameof(ConnectAsync))]
            public partial ValueTask<IPricing> PricingAsync(CancellationToken cancellationToken);

            private static ValueTask<IPricing> ConnectAsync(ClientKey key, CancellationToken cancellationToken) =>
                throw new System.InvalidOperationException("{{message}}");
        }
        """;
}
