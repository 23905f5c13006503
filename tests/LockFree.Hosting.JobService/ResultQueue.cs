using System.Threading.Channels;

namespace LockFree.Hosting.JobService;

/// <summary>Results of jobs on their way to the store.</summary>
internal sealed class ResultQueue
{
    private readonly Channel<string> _results = Channel.CreateUnbounded<string>();

    public ChannelReader<string> Reader => _results.Reader;

    public ValueTask AddAsync(string job) => _results.Writer.WriteAsync(job);

    /// <summary>Nothing is added any more; what is there can still be read.</summary>
    public void Close() => _results.Writer.TryComplete();
}
