using System.Collections.Immutable;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Reading;

/// <summary>
/// A record's own <c>PrintMembers</c> reads every public property, a client that is not there yet included, so that
/// <c>ToString</c> and the debugger would get an exception. Where that can happen another one is written.
/// </summary>
internal static class RecordPrintingReader
{
    private const string MethodName = "PrintMembers";

    public static RecordPrintingModel? Read(INamedTypeSymbol type, SlotTable slots)
    {
        if (!type.IsRecord || type.GetMembers(MethodName).Any(IsWrittenByHand))
            return null;

        Dictionary<string, int> slotOfProperty = slots.Clients
            .Where(pair => pair.Client.Member is IPropertySymbol)
            .ToDictionary(pair => pair.Client.Member.Name, pair => pair.Slot);
        ImmutableArray<PrintedMemberModel> members = type.GetMembers()
            .Where(IsPrinted)
            .Select(member => new PrintedMemberModel(member.Name, slotOfProperty.TryGetValue(member.Name, out int slot) ? slot : null))
            .ToImmutableArray();
        if (members.All(member => member.Slot is null))
            return null;

        bool derives = type.BaseType is { SpecialType: not SpecialType.System_Object };
        string modifiers = derives ? "protected override" : type.IsSealed ? "private" : "protected virtual";
        return new RecordPrintingModel(modifiers, derives, members);
    }

    private static bool IsWrittenByHand(ISymbol member) => !member.IsImplicitlyDeclared && !GeneratedMembers.IsGenerated(member);

    private static bool IsPrinted(ISymbol member) =>
        member is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsOverride: false }
        && SyntaxFacts.IsValidIdentifier(member.Name)
        && member switch
        {
            IFieldSymbol field => CanBeBoxed(field.Type),
            IPropertySymbol { IsIndexer: false, GetMethod: not null } property => CanBeBoxed(property.Type),
            _ => false,
        };

    private static bool CanBeBoxed(ITypeSymbol type) =>
        SourceNames.CanBeWritten(type) && !type.IsRefLikeType && type is not (IPointerTypeSymbol or IFunctionPointerTypeSymbol);
}
