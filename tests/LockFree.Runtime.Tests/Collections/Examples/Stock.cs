namespace LockFree.Tests.Examples;

internal sealed class Stock
{
    private readonly ShardedMap<string, int> _pieces = new();

    public void Deliver(string article, int count) =>
        _pieces.AddOrUpdate(article, static (_, count) => count, static (_, pieces, count) => pieces + count, count);

    /// <summary>Takes all of them or none, and forgets an article that has run out.</summary>
    public bool TryTake(string article, int count) =>
        _pieces.Compute(article, count, static (string _, ref MapEntry<int> pieces, int wanted) =>
        {
            if (!pieces.TryGetValue(out var present) || present < wanted)
                return false;

            if (present == wanted)
                pieces.Remove();
            else
                pieces.Value = present - wanted;
            return true;
        });

    public int PiecesOf(string article) => _pieces.GetValueOrDefault(article);

    public bool IsKnown(string article) => _pieces.ContainsKey(article);
}
