using LockFree.Analyzers.Downcasts;
using LockFree.CodeFixes.Downcasts;
using LockFree.Testing;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace LockFree.CodeFixes.Tests.Downcasts;

/// <summary>Runs LF6001 and one of its fixes: one by one, and in all the scopes of FixAll, with the same result.</summary>
internal static class RepeatedDowncastFixVerifier
{
    public const string IntoField = "LF6001.Field";
    public const string IntoLocal = "LF6001.Local";

    private const string Usings = "using System;\nusing System.Collections.Generic;\n\n";

    private const string Clients = """
        public interface IOrders { void Place(); int Count { get; } }
        public interface IBilling { void Charge(); }
        public sealed class OrdersClient : IOrders { public void Place() { } public int Count => 1; }
        public sealed class BillingClient : IBilling { public void Charge() { } }
        """;

    public static Task VerifyFixAsync(string before, string after, string equivalenceKey) => NewTest(before, after, equivalenceKey).RunAsync();

    public static Task VerifyNotOfferedAsync(string source, string equivalenceKey)
    {
        var test = NewTest(source, source, equivalenceKey);
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        test.NumberOfIncrementalIterations = 0;
        test.NumberOfFixAllIterations = 0;
        return test.RunAsync();
    }

    private static CSharpCodeFixTest<RepeatedDowncastAnalyzer, RepeatedDowncastCodeFixProvider, DefaultVerifier> NewTest(
        string before, string after, string equivalenceKey)
    {
        var test = new CSharpCodeFixTest<RepeatedDowncastAnalyzer, RepeatedDowncastCodeFixProvider, DefaultVerifier>
        {
            ReferenceAssemblies = SdkReferenceAssemblies.Empty,
            CodeActionEquivalenceKey = equivalenceKey,
        };
        test.TestState.Sources.Add(Usings + before);
        test.TestState.Sources.Add(("Clients.cs", Clients));
        test.TestState.AdditionalReferences.AddRange(SdkReferenceAssemblies.Net100);
        test.FixedState.Sources.Add(Usings + after);
        test.FixedState.Sources.Add(("Clients.cs", Clients));
        return test;
    }
}
