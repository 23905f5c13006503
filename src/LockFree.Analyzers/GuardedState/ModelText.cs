using System.Text;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>Writes a model as text: what tests compare and people read when a verdict surprises.</summary>
internal static class ModelText
{
    /// <summary>
    /// One paragraph per region (lock, mode, form, function) with a line per event, then a line per field with its uses.
    /// Lines that stand deeper happen in loops; <c>!</c> marks a use with no lock held.
    /// </summary>
    public static string Of(GuardedStateModel model)
    {
        var text = new StringBuilder();
        if (model.IsIncomplete)
            text.AppendLine("incomplete");
        foreach (LockRegion region in model.Regions)
        {
            text.Append("region ").Append(region.Lock).Append(' ').Append(region.Mode).Append(' ').Append(region.Form).Append(' ')
                .Append(region.Primitive)
                .Append(" in ").Append(NameOf(region.Frame.Function));
            if (region.IsIrregular)
                text.Append(" irregular");
            if (!region.EndsHere)
                text.Append(" open");
            text.AppendLine();
            foreach (RegionEvent happening in region.Events)
                AppendEvent(text, region, happening);
        }

        foreach (CandidateField candidate in model.Candidates)
        {
            text.Append("field ").Append(candidate.Field.Name).Append(": ")
                .AppendLine(string.Join(", ", candidate.Accesses.Select(UseOf)));
        }

        return text.ToString().Replace("\r\n", "\n");
    }

    /// <summary>A function as the text names it.</summary>
    public static string NameOf(IMethodSymbol? function) => function switch
    {
        null => "initializer",
        { MethodKind: MethodKind.AnonymousFunction } => "lambda",
        { MethodKind: MethodKind.Constructor } => function.ContainingType.Name,
        _ => function.Name,
    };

    /// <summary>
    /// A line per plain field with its uses: <c>!</c> marks one with no lock held, <c>(construction)</c> one nobody else can see yet.
    /// </summary>
    public static string OfPlainFields(GuardedStateModel model) => string.Concat(model.PlainFields.Select(plain =>
        "plain " + plain.Field.Name + ": " + string.Join(", ", plain.Accesses.Select(UseOf)) + "\n"));

    private static void AppendEvent(StringBuilder text, LockRegion region, RegionEvent happening)
    {
        text.Append(' ', 2 + (2 * Math.Max(0, happening.LoopDepth - region.LoopDepth))).Append(happening.Kind);
        if (happening.Kind == RegionEventKind.Collection)
            text.Append(' ').Append(happening.Candidate!.Field.Name).Append('.').Append(happening.CollectionOperation);
        else if (happening.Detail.Length > 0)
            text.Append(' ').Append(happening.Detail);
        if (happening.Key is { } key)
            text.Append('[').Append(key.Expression.Syntax).Append(']');
        if (happening.IsWrite)
            text.Append(" write");
        if (happening.IsInHelperOf(region))
            text.Append(" in ").Append(NameOf(happening.Frame.Function));
        for (BranchArm? arm = happening.Arm; arm is not null && arm != region.Arm; arm = arm.Outer)
            text.Append(" | ").Append(arm.Condition.Kind).Append('#').Append(arm.Number)
                .Append(arm.LeavesLoopDepth <= region.LoopDepth ? " leaves" : "");
        text.AppendLine();
    }

    private static string UseOf(CollectionAccess access) =>
        access.CollectionOperation + (access.InConstruction ? "(construction)" : access.Held.IsEmpty ? "!" : "") + " in "
            + NameOf(access.Frame.Function);

    private static string UseOf(FieldAccess access) =>
        (access.Use.Detail.Length > 0 ? access.Use.Detail : access.Kind.ToString())
        + (access.InConstruction ? "(construction)" : access.Held.IsEmpty ? "!"
            : " under " + string.Join("+", access.Held.Select(region => region.Lock)))
        + " in " + NameOf(access.Frame.Function);
}
