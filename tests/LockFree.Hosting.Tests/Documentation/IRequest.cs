namespace LockFree.Hosting.Tests.Documentation;

/// <summary>A request of the servers on the documentation's page.</summary>
public interface IRequest
{
    Task AnswerAsync(CancellationToken cancellationToken);

    Task RefuseAsync();
}
