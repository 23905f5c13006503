namespace LockFree.Mutants;

/// <summary>The projects of the repository, each loaded when it is first asked for.</summary>
internal sealed class ProjectCollection(string repositoryRoot, string configuration)
{
    private readonly Dictionary<string, CompiledProject> _loaded = [];

    /// <summary>A project by its folder, from the root of the repository.</summary>
    public async Task<CompiledProject> LoadAsync(string folder)
    {
        if (!_loaded.TryGetValue(folder, out CompiledProject? project))
            _loaded[folder] = project = await CompiledProject.LoadAsync(Path.Combine(repositoryRoot, folder), configuration);
        return project;
    }

    /// <summary>
    /// The project that has to be compiled anew so that tests see a change of a source: their own if it compiles the source itself, else the one that the
    /// source belongs to, to which the tests refer.
    /// </summary>
    /// <exception cref="InvalidDataException">No project has the source.</exception>
    public async Task<CompiledProject> LoadForAsync(string file, string tests)
    {
        string source = Path.Combine(repositoryRoot, file);
        CompiledProject ofTests = await LoadAsync(tests);
        if (ofTests.Has(source))
            return ofTests;
        string folder = Path.GetDirectoryName(file)!;
        while (folder.Length > 0 && Directory.GetFiles(Path.Combine(repositoryRoot, folder), "*.csproj").Length == 0)
            folder = Path.GetDirectoryName(folder)!;
        if (folder.Length > 0)
        {
            CompiledProject project = await LoadAsync(folder);
            if (project.Has(source))
                return project;
        }
        throw new InvalidDataException($"No project has {file}.");
    }
}
