using System.Collections.Immutable;
using LockFree.Analyzers.ReadMostly;
using LockFree.Analyzers.Tests.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Analyzers.Tests.ReadMostly;

/// <summary>Runs the rules about cells over a source that is compiled together with the surface of the runtime's cells.</summary>
internal static class CellSource
{
    private const string Cells = """
        namespace LockFree
        {
            public interface IReadOnlyCell<T>
            {
                T Load();
                IDisposable OnChange(Action<T> handler);
                ValueTask<T> WaitForChangeAsync(T seen, CancellationToken cancellationToken = default);
            }

            public sealed class SwapCell<T>(T initial) : IReadOnlyCell<T> where T : class?
            {
                private T _value = initial;
                public T Load() => _value;
                public void Store(T value) => _value = value;
                public T Exchange(T value) => _value = value;
                public T CompareExchange(T value, T comparand) => _value;
                public T Update(Func<T, T> updater) => _value = updater(_value);
                public T Update<TArg>(Func<T, TArg, T> updater, TArg arg) => _value = updater(_value, arg);
                public bool TryUpdate(Func<T, T?> updater, out T current) { current = _value; return true; }
                public Task<T> UpdateOnceAsync(Func<T, CancellationToken, ValueTask<T>> rebuild, CancellationToken cancellationToken = default) => Task.FromResult(_value);
                public ValueTask<T> WaitForChangeAsync(T seen, CancellationToken cancellationToken = default) => new(_value);
                public IDisposable OnChange(Action<T> handler) => throw new NotSupportedException();
            }

            public static class Cell
            {
                public static IReadOnlyCell<TResult> Select<T, TResult>(this IReadOnlyCell<T> cell, Func<T, TResult> projection) => throw new NotSupportedException();
            }
        }
        """;

    private const string Usings = "using LockFree; using System.Collections.Immutable; using System.Collections.Concurrent;\n";

    /// <summary>The findings of one rule as lines "LF2004 warning cell.Store(…)". The source must compile.</summary>
    public static async Task<string[]> FindingsAsync(string rule, string source) =>
        (await DiagnosticsAsync(rule, source)).Select(AnalyzedSource.Describe).ToArray();

    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(string rule, string source)
    {
        CSharpCompilation compilation = AnalyzedSource.Compile(Usings + source, Cells);
        Diagnostic[] errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
        Assert.True(errors.Length == 0, string.Join("\n", errors.Select(error => error.ToString())));
        return [.. (await AnalyzedSource.AnalyzeAsync(compilation, new CellUseAnalyzer())).Where(diagnostic => diagnostic.Id == rule || diagnostic.Id == "AD0001")];
    }

    /// <summary>All findings in sources that need not compile.</summary>
    public static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(params string[] sources) =>
        AnalyzedSource.AnalyzeAsync(AnalyzedSource.Compile([Cells, .. sources.Select(source => Usings + source)]), new CellUseAnalyzer());
}
