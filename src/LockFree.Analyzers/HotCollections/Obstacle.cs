namespace LockFree.Analyzers.HotCollections;

/// <summary>Why a person must decide. Of several reasons the weightiest is told, of equals the first.</summary>
/// <param name="Text">The reason, as the message ends with it.</param>
/// <param name="Weight">How much it says.</param>
internal sealed record Obstacle(string Text, ObstacleWeight Weight = ObstacleWeight.Decisive)
{
    public static Obstacle? Of(string? text) => text is null ? null : new Obstacle(text);

    public static Obstacle? Weightiest(IEnumerable<Obstacle?> obstacles) =>
        obstacles.OfType<Obstacle>().OrderByDescending(obstacle => obstacle.Weight).FirstOrDefault();
}
