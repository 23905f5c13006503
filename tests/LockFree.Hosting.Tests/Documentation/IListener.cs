namespace LockFree.Hosting.Tests.Documentation;

/// <summary>Where the servers on the documentation's page get their requests from.</summary>
public interface IListener
{
    Task OpenAsync(CancellationToken cancellationToken);

    IAsyncEnumerable<IRequest> AcceptAsync(CancellationToken cancellationToken = default);
}
