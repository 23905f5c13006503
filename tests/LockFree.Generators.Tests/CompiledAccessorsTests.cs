using System.CodeDom.Compiler;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using LockFree.Generators.Tests.Testing;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace LockFree.Generators.Tests;

/// <summary>Looks into the assemblies that consumers get: no generated member casts or tests a type.</summary>
public sealed class CompiledAccessorsTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> ValidCases => GeneratedCodeTests.ValidCases;

    [Theory]
    [MemberData(nameof(ValidCases))]
    public void No_generated_member_casts(string name)
    {
        List<MethodBase> generated = [.. GeneratedMethods(Load(SnapshotCase.Find(name).ReadInput()))];

        Assert.NotEmpty(generated);
        foreach (MethodBase method in generated)
        {
            // The filter of a catch clause asks whether what was thrown is an exception.
            Type[] casts = [.. IntermediateCode.CastsOf(method).Where(type => type != typeof(object) && type != typeof(Exception))];
            Assert.True(casts.Length == 0, $"{method.DeclaringType}.{method.Name}: {string.Join<Type>(", ", casts)}");
        }
    }

    [Fact]
    public void Asynchronous_members_are_looked_into_as_well()
    {
        // The compiler puts the code of each into a type of its own.
        string[] looked = [.. GeneratedMethods(Load("""
            namespace Shop
            {
                public interface IOrders { }

                [LockFree.ClientAccessors]
                public partial class Clients
                {
                    [LockFree.Client("orders", Initializer = "ConnectAsync")]
                    public partial IOrders GetOrders();

                    private static System.Threading.Tasks.ValueTask<IOrders> ConnectAsync(
                        LockFree.ClientKey key, System.Threading.CancellationToken cancellationToken) => default;
                }
            }
            """)).Select(method => $"{method.DeclaringType!.Name} {method.Name}")];

        Assert.Contains(looked, method => method.StartsWith("<InitializeAsync>", StringComparison.Ordinal) && method.EndsWith(" MoveNext", StringComparison.Ordinal));
        Assert.Contains(looked, method => method.StartsWith("<WaitUntilReadyAsync>", StringComparison.Ordinal) && method.EndsWith(" MoveNext", StringComparison.Ordinal));
        Assert.Contains(looked, method => method.Contains("g__Run|", StringComparison.Ordinal) && method.EndsWith(" MoveNext", StringComparison.Ordinal));
    }

    [Fact]
    public void Casts_are_seen() => Assert.Equal([typeof(string), typeof(Uri), typeof(int)], IntermediateCode.CastsOf(((Delegate)Casting).Method));

    [CSharp13Fact]
    public void Client_property_is_a_field_read_and_one_call()
    {
        Assembly assembly = Load(SnapshotCase.Find("Gateway").ReadInput());
        MethodInfo getter = assembly.GetType("Shop.GatewayClients", throwOnError: true)!.GetProperty("Orders")!.GetMethod!;

        Assert.Equal([OpCodes.Ldarg_0, OpCodes.Ldfld, OpCodes.Callvirt, OpCodes.Ret], IntermediateCode.Read(getter));
        MethodBase called = Assert.Single(IntermediateCode.CallsOf(getter));
        Assert.Equal((typeof(ClientSlot<>), "get_Value"), (called.DeclaringType!.GetGenericTypeDefinition(), called.Name));
    }

    [Theory]
    [InlineData("get_Value")]
    [InlineData("TryGet")]
    public void What_reads_a_client_reaches_nothing_that_casts(string method)
    {
        var reached = new HashSet<MethodBase>();
        Reach(typeof(ClientSlot<string>).GetMethod(method)!);

        Assert.NotEmpty(reached);
        Assert.DoesNotContain(reached, inner => IntermediateCode.CastsOf(inner).Any());

        void Reach(MethodBase outer)
        {
            // The way to the exception for an absent client may do what it likes.
            if (outer.Module != typeof(ClientHub).Module || outer.Name == "ThrowMissing" || !reached.Add(outer))
                return;
            foreach (MethodBase inner in IntermediateCode.CallsOf(outer))
                Reach(inner);
        }
    }

    [CSharp13Fact]
    public void Keys_reach_the_hub_character_by_character()
    {
        Type type = Load(SnapshotCase.Find("Names").ReadInput()).GetType("namespace.Names.class", throwOnError: true)!;
        object clients = Activator.CreateInstance(type, new ClientHub())!;

        Assert.Equal(ClientKey.Global("quoted \"key\"\n<b>&\u2028\ud800"), KeyOf("event"));
        Assert.Equal(ClientKey.Scoped("\\scope", "Ключ"), KeyOf("Ωμέγα"));

        ClientKey KeyOf(string property)
        {
            var thrown = Assert.Throws<TargetInvocationException>(() => type.GetProperty(property)!.GetValue(clients));
            return Assert.IsType<ClientNotInitializedException>(thrown.InnerException).Key;
        }
    }

    [Theory]
    [InlineData("namespace Größe { [LockFree.ClientAccessors] partial class Ελλάδα { } }", "Größe.Ελλάδα.g.cs")]
    [InlineData("namespace A.@class { partial class Outer<K, V> { [LockFree.ClientAccessors] partial class Inner { } } }", "A.class.Outer{K,V}-Inner.g.cs")]
    public void File_is_called_after_its_class(string source, string expected)
    {
        GeneratorRun run = GeneratorHost.Run(GeneratorHost.Compile(source));

        Assert.Equal(expected, run.Sources.Single().HintName);
    }

    private static Assembly Load(string source)
    {
        CSharpCompilation compilation = GeneratorHost.Compile(source);
        compilation = compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release));

        using var image = new MemoryStream();
        EmitResult result = GeneratorHost.Run(compilation).Output.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));

        image.Position = 0;
        return new AssemblyLoadContext(name: null, isCollectible: true).LoadFromStream(image);
    }

    // With what the compiler makes of their asynchronous bodies and local functions: its names begin with theirs.
    private static IEnumerable<MethodBase> GeneratedMethods(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes())
        {
            List<MethodBase> marked = [.. type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)).Where(IsGenerated)];

            // The mark of a property stands on the property, not on its getter.
            marked.AddRange(type.GetProperties(Declared).Where(IsGenerated).Select(property => property.GetMethod!));
            string[] prefixes = [.. marked.Select(method => $"<{method.Name}>")];
            foreach (MethodBase method in marked.Concat(MethodsWithin(type).Where(inner => prefixes.Any(prefix => IsOf(inner, prefix)))))
                yield return method;
        }
    }

    private static bool IsOf(MethodBase method, string prefix) =>
        method.Name.StartsWith(prefix, StringComparison.Ordinal) || method.DeclaringType!.Name.Contains(prefix, StringComparison.Ordinal);

    private static IEnumerable<MethodBase> MethodsWithin(Type type) => type.GetMethods(Declared)
        .Concat(type.GetNestedTypes(Declared).SelectMany(MethodsWithin));

    private static (string, Uri?, int) Casting(object value) => ((string)value, value as Uri, (int)value);

    private static bool IsGenerated(MemberInfo member) =>
        member.GetCustomAttribute<GeneratedCodeAttribute>()?.Tool == "LockFree.Generators";
}
