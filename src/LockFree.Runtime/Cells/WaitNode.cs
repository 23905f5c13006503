namespace LockFree;

/// <summary>
/// One run's place in the wait-for graph: an edge leads from a run to every run that the code inside it is waiting for.
/// An edge that would close a cycle is refused, so two initialisers that need each other fail instead of hanging.
/// </summary>
/// <remarks>
/// A node knows which run it stands for only by being ambient in that run's flow of control. Its fields hold nothing but other nodes: flows
/// which outlive their run (a timer started by an initialiser, say) keep the node alive, and must not keep the run's result alive with it.
/// </remarks>
internal sealed class WaitNode
{
    private static readonly AsyncLocal<WaitNode?> Ambient = new();

    // One lock for the whole graph. It is taken only by code that waits for a run from inside another run: rare, short, no user code.
    private static readonly object GraphGate = new();

    // Guarded by GraphGate. The graph has no cycle at any time, because TryBeginWait adds no edge that would close one.
    private readonly List<WaitNode> _awaited = [];

    // Only ever set, and without the lock, so that runs that wait for no other never meet there. Whoever sees it late takes the run for
    // one that has not ended yet, as if it had looked a moment earlier.
    private volatile bool _hasEnded;

    // The run whose code entered this one on its own thread. What is left running here when this run has ended is still part of that one.
    private WaitNode? _outer;

    /// <summary>The run whose code is executing, if any: not one that has ended and left this flow running behind it.</summary>
    public static WaitNode? Current
    {
        get
        {
            var node = Ambient.Value;
            while (node is { _hasEnded: true })
                node = node._outer;

            return node;
        }
    }

    /// <summary>Makes this node ambient for the calling asynchronous method and whatever it calls.</summary>
    public void EnterFlow() => Ambient.Value = this;

    /// <summary>Makes this node ambient until the result is disposed: for code that runs on the calling thread from beginning to end.</summary>
    public Stay Enter()
    {
        _outer = Ambient.Value;
        Ambient.Value = this;
        return new Stay(_outer);
    }

    /// <summary>
    /// Takes note that the current flow waits for <paramref name="target"/>, until <paramref name="wait"/> is disposed.
    /// </summary>
    /// <returns><see langword="false"/> when <paramref name="target"/> itself waits for the current flow: waiting would never end.</returns>
    public static bool TryBeginWait(WaitNode target, out Wait wait)
    {
        wait = default;
        if (Current is not { } current)
            return true;

        lock (GraphGate)
        {
            if (target.Reaches(current))
                return false;

            current._awaited.Add(target);
        }

        wait = new Wait(current, target);
        return true;
    }

    /// <summary>Takes the run out of the graph, when its code has ended: nobody is in a circle through it any more.</summary>
    public void End() => _hasEnded = true;

    private bool Reaches(WaitNode goal)
    {
        var visited = new HashSet<WaitNode>();
        var pending = new Stack<WaitNode>([this]);
        while (pending.TryPop(out var node))
        {
            if (ReferenceEquals(node, goal))
                return true;

            // A run that has ended waits for nobody; those who waited for it are about to go on.
            if (node._hasEnded || !visited.Add(node))
                continue;

            foreach (var awaited in node._awaited)
                pending.Push(awaited);
        }

        return false;
    }

    /// <summary>An edge of the graph; disposing it removes the edge.</summary>
    public readonly struct Wait(WaitNode waiter, WaitNode target) : IDisposable
    {
        public void Dispose()
        {
            if (waiter is null)
                return;

            lock (GraphGate)
                waiter._awaited.Remove(target);
        }
    }

    /// <summary>The time a node is ambient; disposing it brings back the one before.</summary>
    public readonly struct Stay(WaitNode? outer) : IDisposable
    {
        public void Dispose() => Ambient.Value = outer;
    }
}
