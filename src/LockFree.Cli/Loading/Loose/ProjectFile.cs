using System.Xml;
using System.Xml.Linq;

namespace LockFree.Cli.Loading.Loose;

/// <summary>One item operation of a project file, its paths still as written there.</summary>
/// <param name="Kind">Compile, PackageReference, Using, …</param>
/// <param name="Include">The items added, or null.</param>
/// <param name="Remove">The items taken away again, or null.</param>
/// <param name="Update">The items whose metadata change, or null.</param>
/// <param name="Metadata">Attributes and child elements, by name.</param>
internal sealed record ProjectItem(string Kind, string? Include, string? Remove, string? Update, IReadOnlyDictionary<string, string> Metadata);

/// <summary>
/// Reads the few things of a project file a compilation depends on, without MSBuild: properties and items in order, through
/// <c>Directory.Build.props</c>, <c>Directory.Packages.props</c>, <c>Directory.Build.targets</c> and the imports that exist.
/// </summary>
internal sealed class ProjectFile
{
    private const int DeepestImport = 16;

    private readonly Dictionary<string, string> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(XElement Element, string File)> _itemGroups = [];
    private readonly HashSet<string> _imported = new(StringComparer.Ordinal);

    private ProjectFile(string path, string? targetFramework)
    {
        FullPath = path;
        _properties["MSBuildProjectDirectory"] = Folder;
        _properties["MSBuildProjectName"] = Path.GetFileNameWithoutExtension(path);
        _properties["MSBuildProjectFile"] = Path.GetFileName(path);
        _properties["MSBuildProjectFullPath"] = path;
        _properties["MSBuildProjectExtension"] = Path.GetExtension(path);
        _properties["_DirectoryBuildPropsFile"] = "Directory.Build.props"; // files that chain to the one above go by these
        _properties["_DirectoryBuildTargetsFile"] = "Directory.Build.targets";
        _properties["Configuration"] = "Debug";
        _properties["Platform"] = "AnyCPU";
        _properties["OS"] = OperatingSystem.IsWindows() ? "Windows_NT" : "Unix";
        if (targetFramework is not null)
            _properties["TargetFramework"] = targetFramework;

        XElement project = Parse(path);
        Sdk = project.Attribute("Sdk")?.Value ?? project.Elements().FirstOrDefault(IsNamed("Sdk"))?.Attribute("Name")?.Value;
        EvaluateNearest("Directory.Build.props");
        EvaluateNearest("Directory.Packages.props");
        Evaluate(project, path, depth: 0);
        EvaluateNearest("Directory.Build.targets");
        Items = [.. _itemGroups.SelectMany(group => ReadItems(group.Element, group.File))];
    }

    public string FullPath { get; }

    public string Folder => Path.GetDirectoryName(FullPath)!;

    /// <summary>The SDK named, such as <c>Microsoft.NET.Sdk.Web</c>; null for a project of the old format.</summary>
    public string? Sdk { get; }

    /// <summary>The item operations in order, those whose conditions hold.</summary>
    public IReadOnlyList<ProjectItem> Items { get; }

    /// <summary>Reads a project file as MSBuild would for one of its targets.</summary>
    /// <exception cref="InputException">The file is not well-formed XML or cannot be read.</exception>
    public static ProjectFile Read(string path, string? targetFramework = null) => new(path, targetFramework);

    /// <summary>A property's value, empty when it was never set.</summary>
    public string this[string property] => _properties.GetValueOrDefault(property, "").Trim();

    /// <summary>Whether a property says true.</summary>
    public bool IsTrue(string property) => this[property].Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The values of a property that is a list; compiler options allow commas beside semicolons.</summary>
    public IEnumerable<string> List(string property) => Split(this[property].Replace(',', ';'));

    /// <summary>Item operations of one kind.</summary>
    public IEnumerable<ProjectItem> ItemsOf(string kind) => Items.Where(item => item.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase));

    /// <summary>The names included under a kind and not removed again.</summary>
    public IEnumerable<string> Names(string kind)
    {
        List<string> names = [];
        foreach (ProjectItem item in ItemsOf(kind))
        {
            names.AddRange(Split(item.Include));
            foreach (string removed in Split(item.Remove))
                names.RemoveAll(name => name.Equals(removed, StringComparison.OrdinalIgnoreCase));
        }

        return names.Distinct(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The parts of a list separated by semicolons.</summary>
    public static IEnumerable<string> Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static XElement Parse(string path)
    {
        try
        {
            return XDocument.Load(path).Root!;
        }
        catch (XmlException malformed)
        {
            throw new InputException($"{path}({malformed.LineNumber},{malformed.LinePosition}): not a well-formed project file; correct the XML there.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({unreadable.Message.TrimEnd('.')}); check its permissions.");
        }
    }

    private void EvaluateNearest(string fileName)
    {
        for (string? folder = Folder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string candidate = Path.Combine(folder, fileName);
            if (!File.Exists(candidate))
                continue;
            EvaluateFile(candidate, depth: 0);
            return;
        }
    }

    private void EvaluateFile(string path, int depth)
    {
        if (depth <= DeepestImport && _imported.Add(path))
            Evaluate(Parse(path), path, depth);
    }

    private void Evaluate(XElement parent, string file, int depth)
    {
        foreach (XElement element in parent.Elements().Where(element => Holds(element, file)))
        {
            switch (element.Name.LocalName)
            {
                case "PropertyGroup":
                    foreach (XElement property in element.Elements().Where(property => Holds(property, file)))
                        _properties[property.Name.LocalName] = Expand(property.Value, file);
                    break;
                case "ItemGroup":
                    _itemGroups.Add((element, file));
                    break;
                case "ImportGroup":
                    Evaluate(element, file, depth);
                    break;
                case "Import" when element.Attribute("Sdk") is null && element.Attribute("Project") is { } project:
                    string path = FullPathOf(Expand(project.Value, file), Path.GetDirectoryName(file)!);
                    if (File.Exists(path))
                        EvaluateFile(path, depth + 1);
                    break;
                case "Choose":
                    XElement? chosen = element.Elements().FirstOrDefault(branch => IsNamed("Otherwise")(branch) || Holds(branch, file));
                    if (chosen is not null)
                        Evaluate(chosen, file, depth);
                    break;
            }
        }
    }

    private IEnumerable<ProjectItem> ReadItems(XElement group, string file)
    {
        foreach (XElement element in group.Elements().Where(element => Holds(element, file)))
        {
            Dictionary<string, string> metadata = new(StringComparer.OrdinalIgnoreCase);
            foreach (XAttribute attribute in element.Attributes())
                metadata[attribute.Name.LocalName] = Expand(attribute.Value, file);
            foreach (XElement child in element.Elements().Where(child => Holds(child, file)))
                metadata[child.Name.LocalName] = Expand(child.Value, file).Trim();

            yield return new ProjectItem(element.Name.LocalName, metadata.GetValueOrDefault("Include"),
                metadata.GetValueOrDefault("Remove"), metadata.GetValueOrDefault("Update"), metadata);
        }
    }

    /// <summary>A path as written in a project file, made absolute.</summary>
    public static string FullPathOf(string path, string folder) => Path.GetFullPath(Path.Combine(folder, path.Trim().Replace('\\', '/')));

    private bool Holds(XElement element, string file) =>
        MSBuildExpression.Holds(element.Attribute("Condition")?.Value, Path.GetDirectoryName(file)!, name => ValueOf(name, file));

    private string Expand(string text, string file) => MSBuildExpression.Expand(text, name => ValueOf(name, file));

    private string ValueOf(string name, string file) => name.ToLowerInvariant() switch
    {
        "msbuildthisfiledirectory" => Path.GetDirectoryName(file) + "/",
        "msbuildthisfile" => Path.GetFileName(file),
        "msbuildthisfilename" => Path.GetFileNameWithoutExtension(file),
        "msbuildthisfilefullpath" => file,
        _ => _properties.TryGetValue(name, out string? value) ? value : Environment.GetEnvironmentVariable(name) ?? "",
    };

    private static Func<XElement, bool> IsNamed(string name) => element => element.Name.LocalName == name;
}
