namespace LockFree.Tests;

/// <summary>Tests that read the memory of the whole process run alone: what others allocate meanwhile would count too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcessMemory
{
    public const string Name = "Memory of the whole process";
}
