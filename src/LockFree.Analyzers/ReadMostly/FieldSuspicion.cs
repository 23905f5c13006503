using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>What keeps the analysis from concluding anything about a plain field.</summary>
internal static class FieldSuspicion
{
    /// <summary>How the field may be used in ways that no body of the type shows, or by reference; null where it is not.</summary>
    public static string? UnseenUseOf(PlainField plain)
    {
        if (plain.IsNamedInString)
            return "a string names it: reflection may use it";
        if (plain.Field.GetAttributes().Any(attribute =>
            attribute.AttributeClass?.Name is not ("NonSerializedAttribute" or "JsonIgnoreAttribute" or "NullableAttribute")))
            return "it has an attribute: a serializer or the like may use it";
        if (plain.Accesses.Any(access => access.Kind == FieldUseKind.ByReference))
            return "it is passed by reference";
        return plain.Accesses.All(IsOfThis) ? null : "it is used of another instance than the one at work";
    }

    /// <summary>The innermost lock that all the accesses hold; null where there is none.</summary>
    public static ObjectPath? CommonGuardOf(IEnumerable<FieldAccess> accesses)
    {
        List<ObjectPath>? common = null;
        foreach (FieldAccess access in accesses)
        {
            ObjectPath[] here = GuardsOf(access).ToArray();
            common ??= here.ToList();
            common.RemoveAll(path => !here.Contains(path));
        }

        return common?.LastOrDefault();
    }

    /// <summary>The locks an access holds, seen from the object the field belongs to; an instance's lock guards no static field.</summary>
    private static IEnumerable<ObjectPath> GuardsOf(FieldAccess access) =>
        access.Held.Where(region => !region.IsIrregular).Select(region => region.Lock.RelativeTo(access.Instance))
            .Where(path => path.IsStable && (path.IsStatic || !access.Instance.IsStatic));

    private static bool IsOfThis(FieldAccess access) => access.Instance.IsStatic || access.Instance.StartsAtThis;
}
