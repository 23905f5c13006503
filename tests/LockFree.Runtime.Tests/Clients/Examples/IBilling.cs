namespace LockFree.Tests.Examples;

internal interface IBilling
{
    string? Region { get; }
}
