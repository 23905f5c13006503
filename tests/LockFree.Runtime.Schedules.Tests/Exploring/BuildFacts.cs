using System.Reflection;

namespace LockFree.Schedules;

/// <summary>What the project file tells the tests.</summary>
internal static class BuildFacts
{
    public static string CoyoteTool { get; } = Metadata("CoyoteTool");

    /// <summary>The folder of the runtime's sources.</summary>
    public static string RuntimeSources { get; } = Metadata("RuntimeSources");

    private static string Metadata(string key) =>
        typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
