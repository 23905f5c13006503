using LockFree.Cli.Loading;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Explaining;

/// <summary>Finds the types of a name in the loaded projects and tells about each, compiling no more projects than that takes.</summary>
/// <param name="name">A type's name with as many of the names around it as the user cares to give: <c>Inner</c>, <c>Outer.Inner</c>.</param>
internal sealed class TypeSearch(string name)
{
    private static readonly SymbolDisplayFormat WithoutTypeParameters =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private readonly string _name = name.Replace('+', '.');
    private readonly ProjectImages _images = new();

    /// <summary>What <paramref name="tell"/> makes of every matching type; a type of several projects is told of once.</summary>
    public async Task<IReadOnlyList<string>> TellAsync(
        LoadedInput input, Func<INamedTypeSymbol, Compilation, string> tell, IProgress<string> progress, CancellationToken cancellationToken)
    {
        ProjectSource[] declaring = [.. input.Projects.Where(project => !project.IsReferenceOnly && project.Sources.Any(MayDeclare))];
        HashSet<string> needed = WithWhatTheyReferTo(declaring, input);
        List<string> told = [];
        HashSet<string> places = new(StringComparer.Ordinal);
        foreach (ProjectSource source in input.Projects.Where(project => needed.Contains(project.Id)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(source.Name);
            using ProjectWorkspace workspace = ProjectWorkspace.Open([source], _images, [], SourceFile.Load, flowsNullability: false);
            Compilation compilation = (await workspace[source].GetCompilationAsync(cancellationToken))!;
            if (declaring.Contains(source))
            {
                told.AddRange(Matches(compilation, cancellationToken)
                    .Where(type => places.Add(type.Locations[0].ToString()))
                    .Select(type => tell(type, compilation)));
            }

            _images.Add(source.Id, compilation, cancellationToken);
        }

        return told;
    }

    private static HashSet<string> WithWhatTheyReferTo(IEnumerable<ProjectSource> projects, LoadedInput input)
    {
        Dictionary<string, ProjectSource> byId = input.Projects.ToDictionary(project => project.Id, StringComparer.Ordinal);
        HashSet<string> needed = new(StringComparer.Ordinal);
        Queue<ProjectSource> pending = new(projects);
        while (pending.TryDequeue(out ProjectSource? project))
        {
            if (!needed.Add(project.Id))
                continue;
            foreach (string reference in project.ProjectReferences)
            {
                if (byId.TryGetValue(reference, out ProjectSource? referenced))
                    pending.Enqueue(referenced);
            }
        }

        return needed;
    }

    // Every source that declares the type contains the last of its names.
    private bool MayDeclare(string path)
    {
        try
        {
            return SourceFile.Load(path).OriginalText.Contains(SimpleName(), StringComparison.Ordinal);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false; // the type is then reported as not found, unless it is elsewhere
        }
    }

    private IEnumerable<INamedTypeSymbol> Matches(Compilation compilation, CancellationToken cancellationToken) => compilation
        .GetSymbolsWithName(SimpleName(), SymbolFilter.Type, cancellationToken)
        .OfType<INamedTypeSymbol>()
        .Where(type => ("." + type.ToDisplayString(WithoutTypeParameters)).EndsWith("." + _name, StringComparison.Ordinal))
        .OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal);

    private string SimpleName() => _name[(_name.LastIndexOf('.') + 1)..];
}
