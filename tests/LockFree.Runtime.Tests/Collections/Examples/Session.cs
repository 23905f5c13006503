namespace LockFree.Tests.Examples;

internal sealed class Session(string user)
{
    public string User { get; } = user;
}
