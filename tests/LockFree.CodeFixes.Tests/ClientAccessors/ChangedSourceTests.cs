using System.Globalization;
using LockFree.CodeFixes.ClientAccessors;
using LockFree.CodeFixes.Tests.Robustness;
using LockFree.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit.Abstractions;

namespace LockFree.CodeFixes.Tests.ClientAccessors;

/// <summary>
/// Half-typed accessors classes: no fix throws, and none leaves more errors than there were, generated code included.
/// <c>LOCKFREE_MUTATIONS</c> sets how many sources are tried.
/// </summary>
public sealed class ChangedSourceTests(ITestOutputHelper output)
{
    private const string Seed = """
        using System.Threading.Tasks;
        using LockFree;

        namespace Shop
        {
            public interface IOrders { }

            public class Outer
            {
                [ClientAccessors]
                public class Inner
                {
                    [Client("orders")] public partial IOrders Orders();
                }
            }

            [ClientAccessors]
            public sealed partial class Shapes
            {
                [Client("orders")] public IOrders Orders { get; }
                [Client("archive")] internal IOrders GetArchive();
            }

            [ClientAccessors]
            public partial class Twins
            {
                [Client("orders")] public partial IOrders GetOrders();
                [Client("orders")] public partial IOrders GetAgain();
                [Client("lazy", Initializer = "ConnectAsync")] public partial ValueTask<IOrders> LazyAsync(CancellationToken cancellationToken);
                [Client("other", Initializer = nameof(ConnectOtherAsync))] public partial IOrders Other();
            }

            [ClientAccessors]
            public partial class Constructed
            {
                public Constructed(ClientHub hub, int number) { }
                public Constructed(string name, ClientHub hub) : base() { }
                [Client("orders")] public partial IOrders Orders();
            }
        }
        """;

    private static readonly CodeFixProvider[] Fixers =
    [
        new PartialDeclarationCodeFixProvider(), new InitializerStubCodeFixProvider(), new GeneratedConstructorCodeFixProvider(),
    ];

    [Fact]
    public async Task No_fix_throws_or_makes_a_changed_source_worse()
    {
        int wanted = int.Parse(Environment.GetEnvironmentVariable("LOCKFREE_MUTATIONS") ?? "25", CultureInfo.InvariantCulture);
        int applied = 0;
        var random = new Random(1);
        for (int tried = 0; tried < wanted; tried++)
        {
            string source = SourceMutation.Of(Seed, random);
            foreach (CodeFixProvider fixer in Fixers)
                applied += await TryAllAsync(fixer, source);
        }

        output.WriteLine($"{wanted} sources, {applied} fixes applied");
        Assert.True(applied > wanted / 2, $"{applied} fixes in {wanted} sources: hardly anything was fixed");
    }

    private static async Task<int> TryAllAsync(CodeFixProvider fixer, string source)
    {
        FixedSource before = SourceOf(fixer, source);
        int errors = await ErrorsInAsync(before);
        int applied = 0;
        foreach (Diagnostic finding in (await before.DiagnosticsAsync()).Where(finding => fixer.FixableDiagnosticIds.Contains(finding.Id)))
        {
            foreach (CodeAction offer in await before.OffersAsync(finding))
            {
                FixedSource after = SourceOf(fixer, source);
                await after.ApplyAsync((await after.OffersAsync(await SameIn(after, finding)))[0]);
                int left = await ErrorsInAsync(after);
                Assert.True(left <= errors, $"'{offer.Title}' makes {left} errors of {errors}:\n{source}\n---- became\n{(await after.TextsAsync())[0]}");
                applied++;
            }
        }

        return applied;
    }

    private static async Task<Diagnostic> SameIn(FixedSource source, Diagnostic finding) =>
        (await source.DiagnosticsAsync()).First(other => other.Id == finding.Id && other.Location.SourceSpan == finding.Location.SourceSpan);

    private static FixedSource SourceOf(CodeFixProvider fixer, string source) =>
        new(new ClientAccessorsAnalyzer(), fixer, new ProjectShape(WithGenerator: true), source);

    // Together with those that only the companion analyzer tells, such as a class that is not partial.
    private static async Task<int> ErrorsInAsync(FixedSource source) =>
        (await source.CompilationAsync()).GetDiagnostics().Concat(await source.DiagnosticsAsync()).Distinct()
            .Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
