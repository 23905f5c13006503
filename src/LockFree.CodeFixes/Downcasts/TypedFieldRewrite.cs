using System.Collections.Immutable;
using LockFree.Analyzers.Downcasts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace LockFree.CodeFixes.Downcasts;

/// <summary>
/// Casts once into a read-only field. Offered where the registry is filled in construction, with that key and a value of that type,
/// and never changes again: then every cast of the key would have given the object that the field holds.
/// </summary>
internal static class TypedFieldRewrite
{
    public static Document? Apply(Document document, DowncastGroup group, CancellationToken cancellationToken)
    {
        if (!group.Repeated.RegistryNeverChanges || group.First.Registry is not IFieldSymbol registry || group.First.Kind != RegistryKind.Dictionary)
            return null;

        ImmutableArray<DowncastSite> sites = group.Repeated.Sites;
        bool plain = group.Type is { TypeKind: TypeKind.Class, IsRecord: false }
            && sites.All(CastReplacement.IsReplaceable)
            && sites.All(site => site.Cast.Syntax.SyntaxTree == group.Model.SyntaxTree);
        if (!plain || RegistryScript.Proving(registry, group.First.Key!, group.First.Target, group.Writes, group.Model, cancellationToken) is not { } script)
            return null;

        return registry.IsStatic ? StaticField(document, group, registry, script) : InstanceField(document, group, registry, script);
    }

    private static Document? StaticField(Document document, DowncastGroup group, IFieldSymbol registry, RegistryScript script)
    {
        if (script.LastStore is not null || Declaration(registry) is not { } declaration)
            return null;

        (SyntaxEditor editor, string name) = Begin(document, group, registry);
        ReplaceSites(editor, group, name);
        editor.InsertAfter(declaration, Field(editor, group, name, isStatic: true, initializer: Cast(editor, group)));
        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }

    private static Document? InstanceField(Document document, DowncastGroup group, IFieldSymbol registry, RegistryScript script)
    {
        // A base constructor could call back into an override before this type's own constructor has run.
        if (group.Type.BaseType is not { SpecialType: SpecialType.System_Object } || Declaration(registry) is not { } declaration)
            return null;

        ConstructorDeclarationSyntax[] constructors = group.Type.DeclaringSyntaxReferences
            .SelectMany(reference => ((TypeDeclarationSyntax)reference.GetSyntax()).Members.OfType<ConstructorDeclarationSyntax>())
            .Where(constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword))
            .Where(constructor => constructor.Initializer is null || !constructor.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer))
            .ToArray();
        bool primary = group.Type.DeclaringSyntaxReferences.Any(reference => ((TypeDeclarationSyntax)reference.GetSyntax()).ParameterList is not null);
        if (primary || constructors.Any(constructor => constructor.Body is null || constructor.SyntaxTree != group.Model.SyntaxTree))
            return null;

        (SyntaxEditor editor, string name) = Begin(document, group, registry);
        ReplaceSites(editor, group, name);
        StatementSyntax assignment = SyntaxFactory.ExpressionStatement(SyntaxFactory.AssignmentExpression(
                SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName(name), Cast(editor, group)))
            .WithAdditionalAnnotations(Formatter.Annotation);

        if (script.LastStore is { } last)
            editor.InsertAfter(last, assignment);
        else
        {
            foreach (ConstructorDeclarationSyntax constructor in constructors)
            {
                if (constructor.Body!.Statements.FirstOrDefault() is { } first)
                    editor.InsertBefore(first, assignment);
                else
                    editor.ReplaceNode(constructor.Body, constructor.Body.AddStatements(assignment));
            }
        }

        SyntaxNode field = Field(editor, group, name, isStatic: false, initializer: null);
        SyntaxNode[] added = constructors.Length > 0 ? new[] { field } : new[] { field, Constructor(editor, group, assignment) };
        editor.InsertAfter(declaration, added);
        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }

    private static (SyntaxEditor Editor, string Name) Begin(Document document, DowncastGroup group, IFieldSymbol registry)
    {
        string prefix = registry.Name.StartsWith("_", StringComparison.Ordinal) ? "_" : "";
        string name = group.FreshName(group.Root, prefix, capital: char.IsUpper(registry.Name[0]));
        return (new SyntaxEditor(group.Root, document.Project.Solution.Services), name);
    }

    private static FieldDeclarationSyntax? Declaration(IFieldSymbol registry)
        => registry.DeclaringSyntaxReferences[0].GetSyntax().Parent?.Parent is FieldDeclarationSyntax { Declaration.Variables.Count: 1 } declaration
            ? declaration
            : null;

    private static void ReplaceSites(SyntaxEditor editor, DowncastGroup group, string name)
    {
        foreach (DowncastSite site in group.Repeated.Sites)
        {
            ExpressionSyntax whole = CastReplacement.Whole(site);
            editor.ReplaceNode(whole, CastReplacement.Name(name, whole));
        }
    }

    private static ExpressionSyntax Cast(SyntaxEditor editor, DowncastGroup group)
        => (ExpressionSyntax)editor.Generator.CastExpression(
            TypeOf(editor, group), ((ExpressionSyntax)group.First.Lookup.Syntax).WithoutTrivia());

    private static SyntaxNode TypeOf(SyntaxEditor editor, DowncastGroup group)
        => editor.Generator.TypeExpression(group.First.Target.WithNullableAnnotation(NullableAnnotation.None))
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    private static SyntaxNode Field(SyntaxEditor editor, DowncastGroup group, string name, bool isStatic, ExpressionSyntax? initializer)
        => editor.Generator.FieldDeclaration(
                name, TypeOf(editor, group), Accessibility.Private,
                DeclarationModifiers.ReadOnly.WithIsStatic(isStatic), initializer)
            .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>What the compiler would have written itself, with one statement more.</summary>
    private static SyntaxNode Constructor(SyntaxEditor editor, DowncastGroup group, StatementSyntax assignment)
        => editor.Generator.ConstructorDeclaration(
                group.Type.Name, accessibility: group.Type.IsAbstract ? Accessibility.Protected : Accessibility.Public, statements: new[] { assignment })
            .WithLeadingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);
}
