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
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static TheoryData<string> ValidCases => GeneratedCodeTests.ValidCases;

    [Theory]
    [MemberData(nameof(ValidCases))]
    public void No_generated_member_casts(string name)
    {
        List<MethodBase> generated = [.. GeneratedMethods(Load(SnapshotCase.Find(name).ReadInput()))];

        Assert.NotEmpty(generated);
        foreach (MethodBase method in generated)
        {
            OpCode[] casts = [.. IntermediateCode.Read(method).Where(IsCast)];
            Assert.True(casts.Length == 0, $"{method.DeclaringType}.{method.Name}: {string.Join(", ", casts)}");
        }
    }

    [CSharp13Fact]
    public void Client_property_is_a_field_read_and_one_call()
    {
        Assembly assembly = Load(SnapshotCase.Find("Gateway").ReadInput());
        MethodInfo getter = assembly.GetType("Shop.GatewayClients", throwOnError: true)!.GetProperty("Orders")!.GetMethod!;

        Assert.Equal([OpCodes.Ldarg_0, OpCodes.Ldfld, OpCodes.Callvirt, OpCodes.Ret], IntermediateCode.Read(getter));
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

    private static IEnumerable<MethodBase> GeneratedMethods(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes())
        {
            foreach (MethodBase method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
            {
                if (IsGenerated(method))
                    yield return method;
            }

            // The mark of a property stands on the property, not on its getter.
            foreach (PropertyInfo property in type.GetProperties(Declared))
            {
                if (IsGenerated(property))
                    yield return property.GetMethod!;
            }
        }
    }

    private static bool IsCast(OpCode code) => code == OpCodes.Castclass || code == OpCodes.Isinst || code == OpCodes.Unbox_Any;

    private static bool IsGenerated(MemberInfo member) =>
        member.GetCustomAttribute<GeneratedCodeAttribute>()?.Tool == "LockFree.Generators";
}
