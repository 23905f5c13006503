using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// What a call may do that another thread could see. Code of the user's own is unknown and counts as an effect; of the framework
/// a list of types is known to be pure; logging and methods marked <c>[Conditional]</c> count as nothing.
/// </summary>
internal static class CallEffects
{
    private static readonly HashSet<string> PureTypes = new(StringComparer.Ordinal)
    {
        "Array", "ArgumentException", "ArgumentNullException", "ArgumentOutOfRangeException", "Assembly", "BitConverter", "Boolean",
        "Buffer", "Char", "Comparer", "Contract", "Convert", "CultureInfo", "CustomAttributeExtensions", "DateOnly", "DateTime",
        "DateTimeOffset", "Debug", "Delegate", "Encoding", "Enum", "Enumerable", "Environment", "EqualityComparer", "FieldInfo", "GC",
        "Guid", "HashCode", "ImmutableArray", "ImmutableDictionary", "ImmutableHashSet", "ImmutableList", "Int32", "Int64",
        "Interlocked", "KeyValuePair", "Math", "MathF", "MemberInfo", "MemoryExtensions", "MethodInfo", "Nullable", "Object",
        "ObjectDisposedException", "Path", "PropertyInfo", "Regex", "RuntimeHelpers", "Stopwatch", "String", "StringBuilder",
        "StringComparer", "Task", "TimeOnly", "TimeProvider", "TimeSpan", "Trace", "Tuple", "Type", "TypeInfo", "Unsafe", "Uri",
        "ValueTask", "ValueTuple", "Version", "Volatile", "WeakReference",
    };

    private static readonly HashSet<string> Mutators = new(StringComparer.Ordinal)
    {
        "AddOrUpdate", "Clear", "Dequeue", "EnsureCapacity", "ExceptWith", "GetOrAdd", "IntersectWith", "Pop", "Reverse", "Set",
        "SetAll", "Sort", "SymmetricExceptWith", "TrimExcess", "TryDequeue", "TryPop", "TryUpdate", "UnionWith",
    };

    private static readonly string[] MutatorPrefixes = ["Add", "TryAdd", "Remove", "TryRemove", "Insert", "Push", "Enqueue"];

    public static bool IsLogging(IMethodSymbol method)
    {
        if (method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ConditionalAttribute"))
            return true;
        string type = method.ContainingType?.Name ?? "";
        if (WritesMessage(method) || NamesLog(type) || type is "Console" or "Debug" or "Trace" || type.EndsWith("EventSource", StringComparison.Ordinal)
            || type.Contains("Tracer"))
            return true;
        return method.IsExtensionMethod && method.Parameters.Length > 0 && method.Parameters[0].Type.Name.Contains("Logger");
    }

    /// <summary><c>Lazy.Value</c>: the first who asks runs the factory.</summary>
    public static bool MayRunFactory(IPropertySymbol property) =>
        property is { Name: "Value", ContainingType: { Name: "Lazy" } type } && type.ContainingNamespace.IsSystem();

    public static bool IsPure(IMethodSymbol method)
    {
        if (method.MethodKind is MethodKind.BuiltinOperator or MethodKind.UserDefinedOperator or MethodKind.Conversion)
            return true;
        if (method.Name is "Equals" or "GetHashCode" or "ToString" or "GetType" or "CompareTo" or "GetEnumerator" or "ReferenceEquals"
            or "ConfigureAwait"
            or "MemberwiseClone" or "Contains" or "ContainsKey")
        {
            return true;
        }

        INamedTypeSymbol? type = method.ContainingType;
        if (type is null || type.IsInSource())
            return false;
        if (type.Name == "Task" && method.Name is "Run" or "Start" or "Wait" or "WaitAll" or "WaitAny" or "RunSynchronously")
            return false;
        if (type.SpecialType is not SpecialType.None and not SpecialType.System_Object || PureTypes.Contains(type.Name))
            return method.Name is not ("DynamicInvoke" or "Exit" or "Invoke" or "CreateInstance" or "GetOrAdd");
        return type.IsValueType && type.ContainingNamespace.IsBelowSystem();
    }

    /// <summary><c>Bytes.From(span)</c>: makes an immutable value out of another one, and does nothing else as far as its source is at hand.</summary>
    public static bool IsConversionByName(IMethodSymbol method) =>
        method is { IsStatic: true, Parameters.IsEmpty: false, ContainingType: { IsValueType: true, IsReadOnly: true } made }
        && (method.Name == "Parse" || method.Name.StartsWith("From", StringComparison.Ordinal))
        && SymbolEqualityComparer.Default.Equals(method.ReturnType, made) && (!made.IsInSource() || MadeByCode.OnlyConverts(method));

    /// <summary>True for framework methods that run their delegate arguments before they return.</summary>
    public static bool RunsDelegatesInPlace(IMethodSymbol method) =>
        method.ContainingType is { Name: "Enumerable" or "List" or "Array" or "HashSet" or "Dictionary" } type
            && type.ContainingNamespace.IsBelowSystem();

    /// <summary>True for the names under which the framework's collections are changed.</summary>
    public static bool MutatesByName(string method) =>
        Mutators.Contains(method) || MutatorPrefixes.Any(prefix => method.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>True for a collection or array that can be changed and is not made for concurrent use.</summary>
    public static bool IsMutableCollection(ITypeSymbol? type)
    {
        if (type is null || type.SpecialType == SpecialType.System_String || IsImmutableByName(type)
            || type.Name.StartsWith("Concurrent", StringComparison.Ordinal))
            return false;
        return type.TypeKind == TypeKind.Array || type.SpecialType == SpecialType.System_Collections_IEnumerable
            || type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable);
    }

    /// <summary>True for a type none of whose instances can change.</summary>
    public static bool IsImmutable(ITypeSymbol? type) =>
        type is null || type.IsValueType || type.SpecialType == SpecialType.System_String || type.TypeKind == TypeKind.Delegate
        || type.Name is "Type" or "Uri" or "Version" or "Regex" || IsImmutableByName(type);

    /// <summary>True for a receiver whose name says it only logs, where the call itself did not bind.</summary>
    public static bool LooksLikeLogging(IOperation call)
    {
        string text = call.Syntax.ToString();
        int arguments = text.IndexOf('(');
        return NamesLog(arguments < 0 ? text : text.Substring(0, arguments));
    }

    private static bool IsImmutableByName(ITypeSymbol type) =>
        type.Name.StartsWith("Immutable", StringComparison.Ordinal) || type.Name.StartsWith("Frozen", StringComparison.Ordinal)
        || type.Name.StartsWith("IReadOnly", StringComparison.Ordinal);

    /// <summary><c>void Debug(string message)</c> of an object that writes messages of graver kinds as well.</summary>
    private static bool WritesMessage(IMethodSymbol method) => method.Name is "Debug" or "Trace" && TakesMessage(method)
        && method.ContainingType.GetMembers().OfType<IMethodSymbol>()
            .Any(other => other.Name is "Error" or "Log" or "Info" or "Warn" or "Warning" && TakesMessage(other));

    private static bool TakesMessage(IMethodSymbol method) =>
        method is { ReturnsVoid: true, Parameters: [{ Type.SpecialType: SpecialType.System_String }, ..] };

    private static bool NamesLog(string name) => name.Contains("Log") && !name.Contains("Login") && !name.Contains("Logic")
        && !name.Contains("Logout");
}
