using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <content>Fields, properties, variables and assignments.</content>
internal sealed partial class BodyWalker
{
    private void WalkField(IFieldReferenceOperation reference)
    {
        Walk(reference.Instance);
        if (_locals.CollectionOf(reference, _frame) is { } collection)
        {
            Record(reference, collection);
            return;
        }

        IFieldSymbol field = reference.Field;
        if (field.IsConst)
            return;
        if (IsOwn(field))
        {
            RecordField(reference);
            NoteUse(field, reference);
            NoteGuards(reference);
            if (IsOwnInstance(reference.Field, reference.Instance) && !IsLockUse(reference))
                Emit(RegionEventKind.OtherField, reference, field.Name, field);
        }

        if (!field.IsReadOnly && !field.IsStatic && reference.Instance?.Type is { IsValueType: false }
            && _locals.OriginOf(reference.Instance, _frame) is { } origin)
            Emit(RegionEventKind.ValueRead, reference, field.Name, field, candidate: origin);
    }

    private void WalkProperty(IPropertyReferenceOperation reference)
    {
        if (_locals.CollectionOf(reference.Instance, _frame) is { } collection)
        {
            WalkCollectionProperty(reference, collection);
            return;
        }

        Walk(reference.Instance);
        foreach (IArgumentOperation argument in reference.Arguments)
            Walk(argument.Value);
        EmitIfBlocking(reference);
        if (IsOwn(reference.Property))
            WalkOwnProperty(reference);
        else if (OwnMutableCollection(reference.Instance) is { } field)
            Emit(RegionEventKind.OtherField, reference, field.Name, field);

        bool isMutable = reference.Property.SetMethod is { IsInitOnly: false } && reference.Property.IsInSource();
        if (isMutable && reference.Instance?.Type is { IsValueType: false } && _locals.OriginOf(reference.Instance, _frame) is { } origin)
            Emit(RegionEventKind.ValueRead, reference, reference.Property.Name, reference.Property, candidate: origin);
        else if (CallEffects.MayRunFactory(reference.Property) && _locals.OriginOf(reference.Instance, _frame) is { } lazy)
            Emit(RegionEventKind.ValueUse, reference, reference.Syntax.ToString(), reference.Property, candidate: lazy);
    }

    private void WalkCollectionProperty(IPropertyReferenceOperation reference, CollectionReference collection)
    {
        IOperation mention = OperationEquality.WithoutConversions(reference.Instance)!;
        Walk((mention as IFieldReferenceOperation)?.Instance);
        foreach (IArgumentOperation argument in reference.Arguments)
            Walk(argument.Value);
        Record(mention, collection);
    }

    private void WalkOwnProperty(IPropertyReferenceOperation reference)
    {
        IPropertySymbol property = reference.Property;
        bool isWritten = reference.Parent is IAssignmentOperation assignment && assignment.Target == reference
            || reference.Parent is IIncrementOrDecrementOperation;
        bool isRead = !(reference.Parent is ISimpleAssignmentOperation simple && simple.Target == reference);
        bool isAuto = ObjectPaths.IsAutoProperty(property);
        if (isAuto)
            NoteUse(property, reference);
        if (isRead)
            WalkAccessor(reference, property.GetMethod);
        if (isWritten)
            WalkAccessor(reference, property.SetMethod);
        if (isAuto && IsOwnInstance(property, reference.Instance))
            Emit(RegionEventKind.OtherField, reference, property.Name, property);
    }

    private void WalkAccessor(IPropertyReferenceOperation reference, IMethodSymbol? accessor)
    {
        if (accessor is null || accessor.IsAbstract)
            return;
        bool matters = !_held.IsEmpty || _inConstruction;
        if (matters && !IsOnStack(accessor) && _frame.Depth < DeepestHelper && BodyOf(accessor) is { IsDefaultOrEmpty: false } body
            && !IsIterator(accessor, body))
            WalkInPlace(reference, accessor.OriginalDefinition, body);
        else if (accessor.DeclaredAccessibility == Accessibility.Private)
            MarkRoot(accessor);
        if (!_held.IsEmpty && CanBeOverridden(accessor))
            Emit(RegionEventKind.Callback, reference, reference.Property.Name);
    }

    private void WalkVariable(IOperation reference)
    {
        if (_locals.CollectionOf(reference, _frame) is { } collection)
        {
            Record(reference, collection);
            return;
        }

        if (reference is IParameterReferenceOperation parameter)
            DeferGivenLambda(parameter.Parameter);
        if (LocalFacts.VariableOf(reference) is not null && _locals.PathOf(reference, _frame).LastMember is { } member && IsOwn(member))
            NoteUse(member, reference);
    }

    private void WalkAssignment(IAssignmentOperation assignment)
    {
        IOperation target = OperationEquality.WithoutConversions(assignment.Target)!;
        if (assignment is IDeconstructionAssignmentOperation)
        {
            WalkDeconstruction(target, assignment);
            return;
        }

        CollectionReference? replaced = _locals.CollectionOf(target, _frame);
        switch (target)
        {
            case ILocalReferenceOperation local when assignment is ISimpleAssignmentOperation:
                WalkStoredValue(local.Local, assignment.Value);
                return;
            case IFieldReferenceOperation field when replaced is not null:
                Walk(field.Instance);
                break;
            case IFieldReferenceOperation field:
                Walk(field.Instance);
                if (assignment is not ISimpleAssignmentOperation)
                    Walk(field);
                break;
            case IPropertyReferenceOperation property when _locals.CollectionOf(property.Instance, _frame) is { } collection:
                IOperation mention = OperationEquality.WithoutConversions(property.Instance)!;
                Walk((mention as IFieldReferenceOperation)?.Instance);
                foreach (IArgumentOperation argument in property.Arguments)
                    Walk(argument.Value);
                Walk(assignment.Value);
                Record(mention, collection);
                return;
            default:
                Walk(target);
                break;
        }

        if (assignment is ICoalesceAssignmentOperation)
            WalkOptional(assignment, assignment.Value);
        else
            Walk(assignment.Value);
        if (replaced is not null)
            Record(target, replaced);
        Write(target, assignment, assignment.Value);
    }

    private void WalkDeconstruction(IOperation target, IAssignmentOperation assignment)
    {
        Walk(assignment.Value);
        if (target is not ITupleOperation tuple)
        {
            Walk(target);
            return;
        }

        foreach (IOperation element in tuple.Elements)
        {
            if (element is not ILocalReferenceOperation)
                Walk(element);
            Write(OperationEquality.WithoutConversions(element), assignment, null);
        }
    }

    private void WalkIncrement(IIncrementOrDecrementOperation increment)
    {
        IOperation target = OperationEquality.WithoutConversions(increment.Target)!;
        Walk(target);
        if (!(target is IPropertyReferenceOperation property && _locals.CollectionOf(property.Instance, _frame) is not null))
            Write(target, increment, null);
    }

    private void WalkDeclarator(IVariableDeclaratorOperation declarator)
    {
        if (declarator.GetVariableInitializer()?.Value is { } value)
            WalkStoredValue(declarator.Symbol, value);
    }

    /// <summary>A local gets a value: perhaps whether a lock was acquired.</summary>
    private void WalkStoredValue(ILocalSymbol local, IOperation value)
    {
        if (WalkAttempt(value) is { } attempted)
        {
            _locals.Forget(local);
            _locals.SetAttempt(local, attempted);
            return;
        }

        if (_locals.CollectionOf(value, _frame) is { } collection)
        {
            RecordAliased(value);
            _locals.Forget(local);
            NameAlso(local, collection);
            return;
        }

        Walk(value);
        _locals.Assign(local, value, _frame);
    }

    /// <summary>A local or parameter becomes another name of a collection.</summary>
    private void NameAlso(ISymbol variable, CollectionReference collection)
    {
        _locals.SetCollection(variable, collection);
        collection.Candidate.OtherName ??= variable.Name;
    }

    private void WalkFieldInitializer(IFieldInitializerOperation initializer)
    {
        Walk(initializer.Value);
        foreach (IFieldSymbol field in initializer.InitializedFields)
            _model.Note(field).AddValue(initializer.Value);
    }

    private void WalkPropertyInitializer(IPropertyInitializerOperation initializer)
    {
        Walk(initializer.Value);
        foreach (IPropertySymbol property in initializer.InitializedProperties)
            _model.Note(property).AddValue(initializer.Value);
    }

    private void WriteByReference(IArgumentOperation argument)
    {
        IOperation? target = OperationEquality.WithoutConversions(argument.Value);
        Write(target, argument, null);
    }

    /// <summary>Something is assigned; <paramref name="value"/> is null where the new value is not a simple expression.</summary>
    private void Write(IOperation? target, IOperation at, IOperation? value)
    {
        switch (target)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation
                or IDeclarationExpressionOperation when LocalFacts.VariableOf(target) is { } variable:
                _locals.Forget(variable);
                break;
            case IFieldReferenceOperation { Field: var field } reference when IsOwn(field):
                NoteAssignment(field, value);
                if (at is ISimpleAssignmentOperation)
                    RecordField(reference);
                if (_locals.CollectionOf(reference, _frame) is null)
                    WriteMember(field, reference, at);
                break;
            case IPropertyReferenceOperation { Property: var property, Arguments.IsEmpty: true } reference when IsOwn(property):
                NoteAssignment(property, value);
                WriteMember(property, reference, at);
                break;
            case IPropertyReferenceOperation { Arguments.IsEmpty: false } element when OwnMutableCollection(element.Instance) is { } field:
                Emit(RegionEventKind.OtherField, at, field.Name, field, isWrite: true);
                break;
            case IMemberReferenceOperation member:
                WriteMember(member.Member, member, at);
                break;
            case IArrayElementReferenceOperation { ArrayReference: var array }:
                if (OwnMutableCollection(array) is { } owner)
                    Emit(RegionEventKind.OtherField, at, owner.Name, owner, isWrite: true);
                else if (!_locals.IsFresh(array))
                    Emit(RegionEventKind.ForeignWrite, at, array.Syntax.ToString());
                break;
        }
    }

    private void WriteMember(ISymbol member, IMemberReferenceOperation reference, IOperation at)
    {
        if (IsOwnInstance(member, reference.Instance))
            Emit(RegionEventKind.OtherField, at, member.Name, member, isWrite: true);
        else if (_locals.OriginOf(reference.Instance, _frame) is { } origin)
            Emit(RegionEventKind.ValueUse, at, "write of " + member.Name, member, isWrite: true, candidate: origin);
        else if (!_locals.IsFresh(reference.Instance))
            Emit(RegionEventKind.ForeignWrite, at, reference.Syntax.ToString(), member, isWrite: true);
    }

    private void NoteAssignment(ISymbol member, IOperation? value)
    {
        FieldFacts facts = _model.Note(member);
        facts.IsAssignedOutsideConstruction |= !IsUnderConstruction(member);
        if (value is null)
            facts.HasUnknownValues = true;
        else
            facts.AddValue(value);
    }

    /// <summary>Keeps what the mention of an own field tells, whatever is held.</summary>
    private void NoteUse(ISymbol member, IOperation reference)
    {
        if (MemberUse.HandsOut(reference, _lockCalls))
            _model.Note(member).IsHandedOut = true;
        if (!IsUnderConstruction(member) && MemberUse.ChangesContent(reference))
            _model.Note(member).IsChangedOutsideConstruction = true;
    }

    /// <summary>Another name for the object, or handing it out, may take it from under the lock: only a member used at once counts as held.</summary>
    private void NoteGuards(IFieldReferenceOperation reference)
    {
        IFieldSymbol field = reference.Field;
        if (!field.IsReadOnly || !field.Type.IsReferenceType || IsUnderConstruction(field))
            return;
        bool isUsedAtOnce = reference.Parent is IInvocationOperation call && call.Instance == reference
            || reference.Parent is IMemberReferenceOperation member && member.Instance == reference;
        ObjectPath instance = field.IsStatic ? ObjectPath.Type(field.ContainingType) : _locals.PathOf(reference.Instance, _frame);
        _model.Note(field).AddUse(isUsedAtOnce ? _held.Regions.Select(region => region.Lock.RelativeTo(instance)) : []);
    }

    private bool IsOwn(ISymbol member) => _family.Contains(member.ContainingType);

    /// <summary>A member of this object, or of one it owns, or a static one: state that a lock of this object may guard.</summary>
    private bool IsOwnInstance(ISymbol member, IOperation? instance) =>
        IsOwn(member) && (member.IsStatic || _locals.PathOf(instance, _frame) is { StartsAtThis: true });

    private static bool IsLockUse(IOperation reference) =>
        reference.Parent is ILockOperation or IConversionOperation { Parent: ILockOperation };

    /// <summary>The own field, no candidate, whose mutable collection an expression is.</summary>
    private IFieldSymbol? OwnMutableCollection(IOperation? expression) =>
        OperationEquality.WithoutConversions(expression) is IFieldReferenceOperation { Field: var field } && IsOwn(field)
        && _family.CandidateOf(field) is null && CallEffects.IsMutableCollection(field.Type) ? field : null;

    private void Record(IOperation mention, CollectionReference collection)
    {
        bool isAssigned = mention.Parent is ISimpleAssignmentOperation assignment && assignment.Target == mention; // recorded when written
        if (mention is IFieldReferenceOperation field && !isAssigned)
            RecordField(field);
        if (CollectionUse.Of(mention) is not { } use)
            return;
        if (use.Alias is not null)
        {
            NameAlso(use.Alias, collection);
            return;
        }

        CandidateField candidate = collection.Candidate;
        bool inConstruction = IsUnderConstruction(candidate.Field) && (candidate.Field.IsStatic || collection.Instance.StartsAtThis);
        var access = new CollectionAccess(use, _held.Regions, collection.Instance, _frame, inConstruction);
        candidate.Add(access);
        if (_held.IsEmpty)
            return;
        Emit(new RegionEvent(RegionEventKind.Collection, use.Outer, _frame, _arm, _loopDepth)
        {
            Candidate = candidate,
            CollectionOperation = use.Operation,
            Detail = use.Detail,
            Instance = collection.Instance,
            IsWrite = access.IsWrite,
            Key = use.Key is null ? null : _locals.KeyOf(use.Key),
            Symbol = candidate.Field,
        });
    }
}
