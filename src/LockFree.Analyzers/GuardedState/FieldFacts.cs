using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>What the bodies of a type do to one of its fields or auto-properties, whatever locks are held.</summary>
internal sealed class FieldFacts
{
    private readonly List<IOperation> _assignedValues = [];

    /// <summary>Assigned, incremented or passed by reference anywhere but in a constructor or initialiser.</summary>
    public bool IsAssignedOutsideConstruction { get; set; }

    /// <summary>A collection or array that is changed, or handed to other code, anywhere but in a constructor or initialiser.</summary>
    public bool IsChangedOutsideConstruction { get; set; }

    /// <summary>Used other than by locking it: returned, passed on, stored elsewhere.</summary>
    public bool IsHandedOut { get; set; }

    /// <summary>Assigned by reference or by deconstruction: the values are not all known.</summary>
    public bool HasUnknownValues { get; set; }

    /// <summary>Every value that is assigned, initialisers included.</summary>
    public IReadOnlyList<IOperation> AssignedValues => _assignedValues;

    public void AddValue(IOperation value) => _assignedValues.Add(value);
}
