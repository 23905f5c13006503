namespace LockFree.Generators.Reading;

/// <summary>The order in which a person meets declarations: of two that contradict each other the later one is reported.</summary>
internal static class SourceOrder
{
    /// <summary>By the path of the file, then by the position in it; the same whatever order the compiler was given the files in.</summary>
    public static IEnumerable<ClientDeclaration> InSourceOrder(this IEnumerable<ClientDeclaration> clients) => clients
        .OrderBy(static client => client.Member.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
        .ThenBy(static client => client.Member.Locations[0].SourceSpan.Start);
}
