using System.Collections.Immutable;
using LockFree.Generators.Diagnostics;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Generators.Reading;

/// <summary>
/// Reads a class that carries <c>[ClientAccessors]</c>. A class that cannot be completed gives no model; a member that cannot is
/// left out of it. Either way what remains compiles.
/// </summary>
internal static class AccessorsReader
{
    // File-scoped namespaces, which the output is written with.
    private const LanguageVersion FirstSupported = (LanguageVersion)1000;

    /// <summary>Reads the class. Its well-formed <paramref name="clients"/> are for those who compare them with others.</summary>
    public static AccessorsModel? Read(
        INamedTypeSymbol type,
        Compilation compilation,
        HandWrittenRegistrations handWritten,
        ProblemReporter problems,
        CancellationToken cancellationToken,
        out ImmutableArray<ClientDeclaration> clients)
    {
        clients = ImmutableArray<ClientDeclaration>.Empty;
        if (!CanBeCompleted(type, problems, cancellationToken)
            || ConstructorReader.Read(type, problems, cancellationToken) is not { } constructor)
            return null;

        clients = ReadClients(type, compilation, problems, cancellationToken);
        var names = new GeneratedMembers(type);
        SlotTable slots = SlotTableReader.Read(clients, names, problems);
        return new AccessorsModel(
            SourceNames.HintName(type),
            SourceNames.NamespaceOf(type),
            DeclarationsAround(type),
            SourceNames.Identifier(type.Name),
            constructor,
            slots.Slots,
            slots.Members,
            TryGetReader.Read(type, slots, names, problems),
            IsFree("InitializeAsync", type, names, problems),
            IsFree("WaitUntilReadyAsync", type, names, problems),
            RecordPrintingReader.Read(type, slots),
            RegistrationReader.Read(type, constructor, compilation, handWritten, problems));
    }

    private static bool CanBeCompleted(INamedTypeSymbol type, ProblemReporter problems, CancellationToken cancellationToken)
    {
        bool isPartial = true;
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (!SourceNames.AreComplete(current))
                return false; // Half typed: the compiler asks for the name.

            foreach (TypeDeclarationSyntax part in PartsWithoutPartial(current, cancellationToken))
            {
                problems.Report(AccessorRules.NotPartial, part.Identifier.GetLocation(), current.Name, type.Name);
                isPartial = false;
            }
        }

        if (!isPartial)
            return false;

        string? problem = type switch
        {
            { TypeKind: not TypeKind.Class } => "it is not a class",
            { IsStatic: true } => "it is static",
            _ when IsFileLocal(type) => "it is local to its file, and its other part is in another one",
            _ => null,
        };
        if (problem is not null)
        {
            problems.Report(AccessorRules.NoConstructor, type, type.Name, problem);
            return false;
        }

        LanguageVersion version = ((CSharpParseOptions)type.DeclaringSyntaxReferences[0].SyntaxTree.Options).LanguageVersion;
        if (version >= FirstSupported)
            return true;

        problems.Report(
            AccessorRules.LanguageVersionTooOld, type, "Client accessors", "10", version.ToDisplayString(), "raise LangVersion");
        return false;
    }

    private static IEnumerable<TypeDeclarationSyntax> PartsWithoutPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellationToken))
            .OfType<TypeDeclarationSyntax>()
            .Where(static part => !part.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static bool IsFileLocal(INamedTypeSymbol type) =>
        type.IsFileLocal || (type.ContainingType is { } container && IsFileLocal(container));

    private static ImmutableArray<ClientDeclaration> ReadClients(
        INamedTypeSymbol type, Compilation compilation, ProblemReporter problems, CancellationToken cancellationToken)
    {
        ImmutableArray<ClientDeclaration>.Builder clients = ImmutableArray.CreateBuilder<ClientDeclaration>();
        foreach (ISymbol member in type.GetMembers())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (member is not (IPropertySymbol or IMethodSymbol) || member.IsImplicitlyDeclared)
                continue;

            if (member.FindRuntimeAttribute(WellKnownNames.ClientAttributeName) is { } attribute
                && ClientDeclarationReader.Read(member, attribute, compilation, problems, cancellationToken) is { } client)
                clients.Add(client);
        }

        // By name: the order of the files a class is spread over, and of the members in them, does not show in the output.
        clients.Sort(static (left, right) =>
        {
            int byName = string.CompareOrdinal(left.Member.Name, right.Member.Name);
            return byName != 0 ? byName : string.CompareOrdinal(left.Signature, right.Signature);
        });

        // A member declared twice is the compiler's to report. Completed twice, it would be an error once more.
        var declared = new HashSet<(string Name, bool IsLazy)>();
        return clients.Where(client => declared.Add((client.Member.Name, client.Parameter is not null))).ToImmutableArray();
    }

    private static EquatableArray<string> DeclarationsAround(INamedTypeSymbol type)
    {
        ImmutableArray<string>.Builder declarations = ImmutableArray.CreateBuilder<string>();
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            string keyword = current switch
            {
                { TypeKind: TypeKind.Interface } => "interface",
                { TypeKind: TypeKind.Struct } => current.IsRecord ? "record struct" : "struct",
                _ => current.IsRecord ? "record" : "class",
            };
            declarations.Insert(0, $"partial {keyword} {SourceNames.NameWithTypeParameters(current)}");
        }

        return declarations.ToImmutable();
    }

    private static bool IsFree(string methodName, INamedTypeSymbol type, GeneratedMembers names, ProblemReporter problems)
    {
        if (!names.MeetsMethodOfOneParameter(methodName))
            return true;

        problems.Report(AccessorRules.MemberLeftOut, type, methodName, type.Name);
        return false;
    }
}
