namespace LockFree.Benchmarks.Cells;

/// <summary>What is read all the time and replaced now and then.</summary>
internal sealed class Settings;
