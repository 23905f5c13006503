using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <content>Plain fields: every mention is recorded once, where it is evaluated.</content>
internal sealed partial class BodyWalker
{
    private void RecordField(IFieldReferenceOperation mention)
    {
        if (_family.PlainFieldOf(mention.Field) is not { } field || FieldUse.Of(mention) is not { } use)
            return;
        ObjectPath instance = mention.Field.IsStatic ? ObjectPath.Type(mention.Field.ContainingType)
            : _locals.PathOf(mention.Instance, _frame);
        bool inConstruction = IsUnderConstruction(mention.Field) && (mention.Field.IsStatic || instance.StartsAtThis);
        field.Add(new FieldAccess(use, mention, instance, _held.Regions, _frame) { InConstruction = inConstruction });
    }

    /// <summary>A field that another name is made for without being walked.</summary>
    private void RecordAliased(IOperation? expression)
    {
        if (OperationEquality.WithoutConversions(expression) is not IFieldReferenceOperation mention)
            return;
        Walk(mention.Instance);
        RecordField(mention);
    }
}
