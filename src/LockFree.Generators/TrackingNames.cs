namespace LockFree.Generators;

/// <summary>The names of the pipeline's steps, by which tests read why each of them ran.</summary>
internal static class TrackingNames
{
    /// <summary>The class and its members, read from the compilation into a model.</summary>
    public const string ReadAccessors = nameof(ReadAccessors);

    /// <summary>The same for a class whose attribute is written by an alias.</summary>
    public const string ReadAliasedAccessors = nameof(ReadAliasedAccessors);

    /// <summary>The hint names that differ in upper and lower case only.</summary>
    public const string FindAmbiguousHintNames = nameof(FindAmbiguousHintNames);

    /// <summary>The model with the name of its file: what is written out.</summary>
    public const string NameFile = nameof(NameFile);

    /// <summary>What is wrong with a class, for a compiler that is to say it.</summary>
    public const string RepeatProblem = nameof(RepeatProblem);

    /// <summary>All of them.</summary>
    public static readonly string[] All = [ReadAccessors, ReadAliasedAccessors, FindAmbiguousHintNames, NameFile, RepeatProblem];
}
