using LockFree.Benchmarks.Calls;
using DotNextLazy = DotNext.Threading.AsyncLazy<object>;
using VisualStudioLazy = Microsoft.VisualStudio.Threading.AsyncLazy<object>;

namespace LockFree.Benchmarks.Clients;

/// <summary>The ways to one value that is made asynchronously, when it has been made already. Each makes sure that it need not wait.</summary>
internal static class LazyCalls
{
    internal readonly struct OnceGetAsync(AsyncOnce<object> once) : ICall
    {
        public int Invoke(int index) => once.GetAsync(static _ => throw Unexpected()).IsCompletedSuccessfully ? 1 : throw Unexpected();
    }

    internal readonly struct OnceTryGet(AsyncOnce<object> once) : ICall
    {
        public int Invoke(int index) => once.TryGet(out _) ? 1 : throw Unexpected();
    }

    /// <summary>What people write by hand.</summary>
    internal readonly struct LazyTask(Lazy<Task<object>> lazy) : ICall
    {
        public int Invoke(int index) => lazy.Value.IsCompletedSuccessfully ? 1 : throw Unexpected();
    }

    internal readonly struct DotNext(DotNextLazy lazy) : ICall
    {
        public int Invoke(int index) => lazy.WithCancellation(CancellationToken.None).IsCompletedSuccessfully ? 1 : throw Unexpected();
    }

    internal readonly struct VisualStudio(VisualStudioLazy lazy) : ICall
    {
        public int Invoke(int index) => lazy.GetValueAsync(CancellationToken.None).IsCompletedSuccessfully ? 1 : throw Unexpected();
    }

    private static InvalidOperationException Unexpected() => new("It was there, and should have been found.");
}
