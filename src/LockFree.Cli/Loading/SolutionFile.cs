using System.Xml;
using Microsoft.VisualStudio.SolutionPersistence;
using Microsoft.VisualStudio.SolutionPersistence.Model;
using Microsoft.VisualStudio.SolutionPersistence.Serializer;

namespace LockFree.Cli.Loading;

/// <summary>Reads which projects a solution lists, without MSBuild.</summary>
internal static class SolutionFile
{
    /// <summary>Full paths of the C# projects of a .sln or .slnx file.</summary>
    /// <exception cref="InputException">The file is no solution.</exception>
    public static async Task<IReadOnlyList<string>> ProjectsAsync(string path, CancellationToken cancellationToken)
    {
        ISolutionSerializer? serializer = SolutionSerializers.GetSerializerByMoniker(path);
        if (serializer is null)
            throw new InputException($"{path}: not a .sln or .slnx file; give one of these, a .csproj file or a folder.");

        try
        {
            SolutionModel solution = await serializer.OpenAsync(path, cancellationToken);
            return [.. solution.SolutionProjects
                .Select(project => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, project.FilePath.Replace('\\', Path.DirectorySeparatorChar))))
                .Where(project => project.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))];
        }
        catch (Exception malformed) when (malformed is SolutionException or XmlException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read as a solution ({malformed.Message.ReplaceLineEndings(" ").TrimEnd('.')}); correct it, or give the folder.");
        }
    }
}
