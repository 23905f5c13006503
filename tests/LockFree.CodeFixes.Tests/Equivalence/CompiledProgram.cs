using System.Reflection;
using System.Runtime.Loader;
using LockFree.CodeFixes.Tests.HotCollections;
using Microsoft.CodeAnalysis;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>A source with a class <c>Sessions</c>, compiled and loaded: every object made of it begins anew.</summary>
internal sealed class CompiledProgram
{
    private readonly Type _type;
    private readonly string _source;

    private CompiledProgram(Type type, string source)
    {
        _type = type;
        _source = source;
        Methods = [.. type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).OrderBy(method => method.MetadataToken)];
    }

    /// <summary>What can be called, in the order of the source; property accessors among them.</summary>
    public IReadOnlyList<MethodInfo> Methods { get; }

    public static async Task<CompiledProgram> CompileAsync(string source)
    {
        FixedSource project = CollectionFix.SourceOf(new ProjectShape(), source);
        using var image = new MemoryStream();
        var result = (await project.CompilationAsync()).Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)) + source);
        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        return new CompiledProgram(assembly.GetType("Sessions", throwOnError: true)!, source);
    }

    public object New() => Activator.CreateInstance(_type)!;

    /// <summary>The method of this program that has the name and the parameters of another program's.</summary>
    public MethodInfo Find(MethodInfo method) => _type.GetMethod(method.Name, [.. method.GetParameters().Select(parameter => parameter.ParameterType)])!;

    /// <summary>Lets the program call <paramref name="point"/> at each of its points; see <see cref="PacedSource"/>.</summary>
    public void PaceWith(Action point) => _type.Assembly.GetType("Pace", throwOnError: true)!.GetField("Hook")!.SetValue(null, point);

    public override string ToString() => _source;
}
