using System.Reflection;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>A call of a history: what was called when, and what came out of it.</summary>
internal sealed class RecordedCall(int thread, MethodInfo method, object?[] arguments)
{
    public MethodInfo Method => method;

    public object?[] Arguments => arguments;

    /// <summary>When it began, on a clock that all threads share.</summary>
    public long Invoked { get; set; }

    /// <summary>When it had ended.</summary>
    public long Returned { get; set; }

    public string Outcome { get; set; } = "";

    /// <summary>It had ended when the other began; two of the same moment overlap.</summary>
    public bool Precedes(RecordedCall other) => Returned < other.Invoked;

    public override string ToString() => $"  thread {thread} [{Invoked}, {Returned}] {CallOutcome.Describe(method, arguments)} = {Outcome}";
}
