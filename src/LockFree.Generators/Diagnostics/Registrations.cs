using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockFree.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Generators.Diagnostics;

/// <summary>
/// Looks for clients that nobody can have registered. To register one takes a call with its type as a type argument, written or inferred, or the
/// type as a <see cref="Type"/>: where no code names it in one of these ways, and no other assembly can, there is no such call.
/// </summary>
internal sealed class Registrations
{
    private readonly ConcurrentBag<ClientDeclaration> _clients = new();
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _mentioned = new(SymbolEqualityComparer.Default);
    private volatile bool _isReflected;

    /// <summary>Adds the clients of one class. May be called from many threads at once, like all of this but <see cref="Report"/>.</summary>
    public void Add(ImmutableArray<ClientDeclaration> clients)
    {
        foreach (ClientDeclaration client in clients)
            _clients.Add(client);
    }

    /// <summary>Notes the types that an operation names.</summary>
    public void Note(OperationAnalysisContext context)
    {
        switch (context.Operation)
        {
            case IInvocationOperation { TargetMethod: var method }:
                Note(method);
                break;
            case IMethodReferenceOperation { Method: var method }:
                Note(method);
                break;
            case IMemberReferenceOperation { Member: var member }:
                NoteArguments(member.ContainingType);
                break;
            case IObjectCreationOperation { Type: INamedTypeSymbol type }:
                NoteArguments(type);
                break;
            case ITypeOfOperation { TypeOperand: var type }:
                Note(type);
                break;
            case IDynamicInvocationOperation:
                _isReflected = true;
                break;
        }

        // Who goes through an assembly's types, or binds type arguments at run time, may register what no code names.
        if (context.Operation.Type is { Name: "Assembly" or "MethodInfo", ContainingNamespace: { Name: "Reflection", ContainingNamespace.Name: "System" } })
            _isReflected = true;
    }

    /// <summary>Notes the types in what a type derives from: a base class may register for it.</summary>
    public void Note(INamedTypeSymbol type)
    {
        NoteArguments(type.BaseType);
        foreach (INamedTypeSymbol contract in type.Interfaces)
            NoteArguments(contract);
    }

    /// <summary>Reports each client without an initialiser whose type nobody names.</summary>
    public void Report(CompilationAnalysisContext context)
    {
        if (_isReflected)
            return;

        var made = new HashSet<ITypeSymbol>(
            _clients.Where(client => client.Attribute.FindNamedText("Initializer") is not null).Select(client => client.Contract),
            SymbolEqualityComparer.Default);
        var problems = new ProblemReporter(context.ReportDiagnostic);
        foreach (ClientDeclaration client in _clients)
        {
            if (!made.Contains(client.Contract) && !_mentioned.ContainsKey(client.Contract) && IsKnownHereOnly(client.Contract, context.Compilation))
                problems.Report(AccessorRules.NeverRegistered, client.Attribute, client.Member.Name, SourceNames.ShortName(client.Contract));
        }
    }

    private void Note(IMethodSymbol method)
    {
        foreach (ITypeSymbol argument in method.TypeArguments)
            Note(argument);
        NoteArguments(method.ContainingType);
    }

    private void NoteArguments(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            foreach (ITypeSymbol argument in type.TypeArguments)
                Note(argument);
        }
    }

    private void Note(ITypeSymbol type)
    {
        // Types from elsewhere are not asked for, and there are many of them.
        if (!type.DeclaringSyntaxReferences.IsEmpty && !_mentioned.ContainsKey(type))
            _mentioned.TryAdd(type, true);
        if (type is INamedTypeSymbol named)
            NoteArguments(named);
        else if (type is IArrayTypeSymbol array)
            Note(array.ElementType);
    }

    // A program is referenced by nobody who runs in it, and what a library keeps to itself nobody else can name.
    private static bool IsKnownHereOnly(ITypeSymbol contract, Compilation compilation)
    {
        if (contract is not INamedTypeSymbol { IsGenericType: false, ContainingType: null }
            || !SymbolEqualityComparer.Default.Equals(contract.ContainingAssembly, compilation.Assembly))
            return false;

        return compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication
            || (contract.DeclaredAccessibility != Accessibility.Public && !HasFriends(compilation.Assembly));
    }

    private static bool HasFriends(IAssemblySymbol assembly) =>
        assembly.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute");
}
