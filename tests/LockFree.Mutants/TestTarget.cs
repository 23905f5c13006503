namespace LockFree.Mutants;

/// <summary>Some tests of a test project.</summary>
/// <param name="Project">The test project.</param>
/// <param name="Filter">Which of its tests, as <c>dotnet test --filter</c> takes it.</param>
internal sealed record TestTarget(string Project, string Filter);
