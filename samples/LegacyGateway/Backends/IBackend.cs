namespace Backends;

/// <summary>What every client can do.</summary>
public interface IBackend
{
    /// <summary>Whether the system behind the client answers.</summary>
    ValueTask<bool> PingAsync(CancellationToken cancellationToken);
}
