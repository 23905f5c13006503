namespace LockFree.Tests.Collections.Histories;

/// <summary>One completed call, as its caller saw it. Values are numbers that are written once each; 0 stands for none.</summary>
internal record struct Call(int Thread, int Key, CallKind Kind)
{
    /// <summary>The value stored by the call.</summary>
    public long Argument { get; set; }

    /// <summary>The value the call wanted to find, for the conditional kinds.</summary>
    public long Comparand { get; set; }

    public bool Succeeded { get; set; }

    /// <summary>The value the call returned.</summary>
    public long Outcome { get; set; }

    /// <summary>When the call began, by a clock all threads share. Equal times count as overlapping.</summary>
    public long Invoked { get; set; }

    public long Returned { get; set; }
}
