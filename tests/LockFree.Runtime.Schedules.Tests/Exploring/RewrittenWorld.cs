using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Coyote.Rewriting;

namespace LockFree.Schedules;

/// <summary>
/// The runtime, with or without a seeded bug, and the scenarios of this assembly, both rewritten and loaded apart from the ordinary ones.
/// </summary>
/// <remarks>
/// Rewriting happens here and not in the build: so a fault can be put in first, and whoever replaces the runtime beside the tests, as the
/// mutation tests do, has it explored without further ado.
/// </remarks>
internal sealed class RewrittenWorld : AssemblyLoadContext
{
    private static readonly Assembly Tests = typeof(RewrittenWorld).Assembly;
    private static readonly Assembly OrdinaryRuntime = typeof(Lifecycle).Assembly;
    private static readonly Lazy<byte[]> RewrittenTests = new(() => Rewritten(Tests, path => File.Copy(Tests.Location, path)));

    private readonly Assembly _scenarios;

    private RewrittenWorld(Action<string> makeRuntime)
    {
        Runtime = LoadRewritten(Rewritten(OrdinaryRuntime, makeRuntime));
        _scenarios = LoadRewritten(RewrittenTests.Value);
    }

    /// <summary>The runtime as the build has made it.</summary>
    public static RewrittenWorld Faultless { get; } = new(path => File.Copy(OrdinaryRuntime.Location, path));

    public Assembly Runtime { get; }

    public static RewrittenWorld With(SeededBug bug) => new(path => RuntimeCompiler.Compile(bug, path));

    /// <summary>The same scenario among the rewritten ones.</summary>
    /// <param name="scenario">A static method of this assembly.</param>
    public Func<Task> Find(Func<Task> scenario)
    {
        Type type = _scenarios.GetType(scenario.Method.DeclaringType!.FullName!, throwOnError: true)!;
        const BindingFlags anyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        return type.GetMethod(scenario.Method.Name, anyStatic)!.CreateDelegate<Func<Task>>();
    }

    // Everything but the two comes from the ordinary context: Coyote above all, which must be the one that explores.
    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name == OrdinaryRuntime.GetName().Name ? Runtime : null;

    private static byte[] Rewritten(Assembly original, Action<string> make)
    {
        // Beside the tests: there the rewriter finds what they reference.
        string folder = Path.Combine(Path.GetDirectoryName(Tests.Location)!, "rewritten", Guid.NewGuid().ToString("N"));
        string path = Path.Combine(Directory.CreateDirectory(folder).FullName, original.GetName().Name + ".dll");
        make(path);
        CoyoteRewriter.Rewrite(path);
        byte[] image = File.ReadAllBytes(path);
        Directory.Delete(folder, recursive: true);
        return image;
    }

    private Assembly LoadRewritten(byte[] image)
    {
        Assembly assembly = LoadFromStream(new MemoryStream(image));
        return RewritingEngine.IsAssemblyRewritten(assembly)
            ? assembly
            : throw new InvalidOperationException($"{assembly.GetName().Name} has not been rewritten; nothing explored with it would count.");
    }
}
