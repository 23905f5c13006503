using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>Two operations between which another thread can get in.</summary>
/// <param name="Shape">What they do.</param>
/// <param name="IsHarmful">Something is lost or happens twice; else the two threads only do the same work.</param>
/// <param name="Check">What is asked first.</param>
/// <param name="Act">What is done on the strength of the answer; the same where one expression does both.</param>
/// <param name="Consequence">What goes wrong, and what to use instead, as the end of the message.</param>
internal sealed record MapRace(RaceShape Shape, bool IsHarmful, MapOperation Check, MapOperation Act, string Consequence)
{
    /// <summary>What is put into the value once others can see it, of <see cref="RaceShape.HalfFilled"/>.</summary>
    public IOperation? Filling { get; init; }
}
