using LockFree.Analyzers;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Diagnostics;

/// <summary>
/// What can be wrong with an accessors class. Errors are what keeps the class, or a member, from being generated; the compiler
/// would otherwise only say that an implementation is missing.
/// </summary>
internal static class AccessorRules
{
    private const string Category = "LockFree.ClientAccessors";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "LF9001",
        "An accessors class must be partial",
        "'{0}' must be partial, or the accessors of '{1}' cannot be generated");

    public static readonly DiagnosticDescriptor WrongMemberShape = Error(
        "LF9002",
        "A client member has the wrong shape",
        "The client '{0}' cannot be generated: {1}");

    public static readonly DiagnosticDescriptor KeyWithTwoTypes = Warning(
        "LF9003",
        "One key is used with two types",
        "'{0}' has the key of '{1}', whose type is '{2}': the hub keeps them as two clients that know nothing of each other");

    public static readonly DiagnosticDescriptor InvalidKey = Error(
        "LF9004",
        "A client has no valid key",
        "The client '{0}' has no valid key: {1}");

    public static readonly DiagnosticDescriptor InvalidInitializer = Error(
        "LF9005",
        "The initialiser of a client is missing or has the wrong signature",
        "The client '{0}' has no valid initialiser: {1}");

    public static readonly DiagnosticDescriptor LanguageVersionTooOld = Error(
        "LF9006",
        "The C# version is too old for this client",
        "{0} need C# {1} and this is C# {2}: {3}");

    public static readonly DiagnosticDescriptor DuplicateClient = Warning(
        "LF9007",
        "The same client is declared twice",
        "'{0}' is the same client as '{1}'");

    public static readonly DiagnosticDescriptor NoConstructor = Error(
        "LF9008",
        "The class cannot be given the hub",
        "The accessors of '{0}' cannot be generated: {1}");

    public static readonly DiagnosticDescriptor OutsideAccessors = Warning(
        "LF9009",
        "A client is declared outside an accessors class",
        "[Client] on '{0}' does nothing: '{1}' does not carry [ClientAccessors]");

    public static readonly DiagnosticDescriptor KeyWithTwoTypesElsewhere = new(
        "LF9010",
        "One key is used with two types in two classes",
        "'{0}' has the key of '{1}', whose type is '{2}': in one hub they are two clients that know nothing of each other",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("LF9010"),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor MemberLeftOut = new(
        "LF9011",
        "A generated member is left out",
        "'{0}' is not generated: '{1}' has a member of that name already",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("LF9011"));

    public static readonly DiagnosticDescriptor ConstructorLeavesClientsUnset = Warning(
        "LF9012",
        "A constructor leaves the clients unset",
        "This constructor of '{0}' does not call the generated one, so its clients have no slots: add ': this(hub)'");

    public static readonly DiagnosticDescriptor NeverRegistered = new(
        "LF9013",
        "A client is neither registered nor initialised",
        "Nothing in this project registers '{0}' under the type '{1}', and it has no initialiser: reading it throws",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("LF9013"),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: HelpLink.For(id));
}
