using LockFree.Generators.Emission;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>
/// Which names are free in a class. The analyzer sees a class together with what was generated for it, the generator does not:
/// what carries our own mark counts as absent, so that both come to the same result.
/// </summary>
internal sealed class GeneratedMembers(INamedTypeSymbol type)
{
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);

    /// <summary>Whether this generator has written the member, or its implementing part.</summary>
    public static bool IsGenerated(ISymbol member)
    {
        foreach (AttributeData attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "GeneratedCodeAttribute"
                && attribute.ConstructorArguments is [{ Value: AccessorsWriter.ToolName }, ..])
                return true;
        }

        return false;
    }

    /// <summary>A field name that hides nothing and meets nothing, in this class or in one it derives from.</summary>
    public string NameField(string stem)
    {
        string name = $"_{char.ToLowerInvariant(stem[0])}{stem.Substring(1)}Slot";
        string candidate = name;
        for (int number = 2; IsTaken(candidate) || !_fields.Add(candidate); number++)
            candidate = name + number;
        return candidate;
    }

    /// <summary>Whether the class has, or inherits, something that a method of this name with one parameter would meet or hide.</summary>
    public bool MeetsMethodOfOneParameter(string name)
    {
        if (type.Name == name || IsTypeParameter(name))
            return true;

        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers(name))
            {
                bool isInherited = !SymbolEqualityComparer.Default.Equals(current, type);
                if (isInherited && member.DeclaredAccessibility == Accessibility.Private)
                    continue;
                if (member is IMethodSymbol method && (method.Arity != 0 || method.Parameters.Length != 1))
                    continue;
                if (!IsGenerated(member))
                    return true;
            }
        }

        return false;
    }

    private bool IsTaken(string name)
    {
        if (type.Name == name || IsTypeParameter(name))
            return true;

        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (!current.GetMembers(name).IsEmpty)
                return true;
        }

        return false;
    }

    private bool IsTypeParameter(string name) => type.TypeParameters.Any(parameter => parameter.Name == name);
}
