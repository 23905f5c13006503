using LockFree.Analyzers.Downcasts;
using LockFree.Testing;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace LockFree.Analyzers.Tests.Downcasts;

/// <summary>Runs LF6001 over a source with <c>[|marked|]</c> findings, beside a few clients to look up.</summary>
internal static class RepeatedDowncastVerifier
{
    private const string Clients = """
        public interface IClient { }
        public interface IOrders : IClient { void Place(); }
        public interface IBilling : IClient { void Charge(); }
        public sealed class OrdersClient : IOrders { public void Place() { } }
        public sealed class BillingClient : IBilling { public void Charge() { } }
        public sealed record Settings(int Port);
        public enum Colour { Red, Green }

        namespace LockFree
        {
            public readonly record struct ClientKey(string Scope, string Name)
            {
                public static ClientKey Global(string name) => new("", name);
                public static ClientKey Scoped(string scope, string name) => new(scope, name);
            }

            public sealed class ClientHub
            {
                public T Get<T>(ClientKey key) where T : class => throw null!;
                public bool TryGet<T>(ClientKey key, out T client) where T : class => throw null!;
                public void Register<T>(ClientKey key, T client) where T : class { }
            }
        }
        """;

    public static Task VerifyAsync(params string[] sources)
    {
        var test = new CSharpAnalyzerTest<RepeatedDowncastAnalyzer, DefaultVerifier> { ReferenceAssemblies = SdkReferenceAssemblies.Empty };
        foreach (string source in sources)
            test.TestState.Sources.Add("using System;\nusing System.Collections.Generic;\nusing LockFree;\n" + source);

        test.TestState.Sources.Add(("Clients.cs", Clients));
        test.TestState.AdditionalReferences.AddRange(SdkReferenceAssemblies.Net100);
        return test.RunAsync();
    }

    /// <summary>A class whose registry is the field <c>_clients</c> and whose members are given.</summary>
    public static Task VerifyMembersAsync(string members) => VerifyAsync($$"""
        public sealed class Gateway
        {
            private readonly Dictionary<string, object> _clients = new() { ["orders"] = new OrdersClient(), ["billing"] = new BillingClient() };

            {{members}}
        }
        """);
}
