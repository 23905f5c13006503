namespace LockFree.Analyzers.GuardedState;

/// <summary>What a rule says of one field, or why it says nothing.</summary>
internal readonly struct Judgement<TVerdict>
    where TVerdict : class
{
    private Judgement(TVerdict? verdict, string silence)
    {
        Verdict = verdict;
        Silence = silence;
    }

    /// <summary>Null where nothing is said.</summary>
    public TVerdict? Verdict { get; }

    /// <summary>Why nothing is said; empty where something is.</summary>
    public string Silence { get; }

    public static implicit operator Judgement<TVerdict>(TVerdict verdict) => new(verdict, "");

    public static implicit operator Judgement<TVerdict>(string silence) => new(null, silence);
}
