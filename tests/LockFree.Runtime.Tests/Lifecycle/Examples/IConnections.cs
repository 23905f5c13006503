namespace LockFree.Tests.Examples;

/// <summary>Where the servers of the examples get their work from.</summary>
internal interface IConnections : IDisposable
{
    Task<string> AcceptAsync(CancellationToken cancellationToken);
}
