using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>Sorts types by how their values are read and written.</summary>
internal static class ValueWidths
{
    /// <summary>
    /// Null for a type the analysis leaves alone: pointers, and structs other than the framework's immutable ones, which may be changed in
    /// place.
    /// </summary>
    public static ValueWidth? Of(ITypeSymbol type)
    {
        if (type.IsReferenceType)
            return type.TypeKind == TypeKind.Error ? null : ValueWidth.Word;
        if (type is INamedTypeSymbol { EnumUnderlyingType: { } underlying })
            return Of(underlying);
        switch (type.SpecialType)
        {
            case SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_SByte or SpecialType.System_Byte
                or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32
                or SpecialType.System_Single or SpecialType.System_IntPtr or SpecialType.System_UIntPtr:
                return ValueWidth.Word;
            case SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double or SpecialType.System_DateTime:
                return ValueWidth.Double;
            case SpecialType.System_Decimal:
                return ValueWidth.Wide;
        }

        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            return ((INamedTypeSymbol)type).TypeArguments[0] is { IsValueType: true } argument && Of(argument) is not null ? ValueWidth.Wide
                : null;
        if (!type.ContainingNamespace.IsSystem())
            return null;
        return type.Name switch
        {
            "TimeSpan" => ValueWidth.Double,
            "Guid" or "DateTimeOffset" => ValueWidth.Wide,
            _ => null,
        };
    }
}
