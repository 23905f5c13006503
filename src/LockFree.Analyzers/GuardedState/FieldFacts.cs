using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>What the bodies of a type do to one of its fields or auto-properties, whatever locks are held.</summary>
internal sealed class FieldFacts
{
    private readonly List<IOperation> _assignedValues = [];
    private HashSet<ObjectPath>? _commonGuards;

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

    /// <summary>Notes one use outside of construction, and the locks held there, seen from the object the field belongs to.</summary>
    public void AddUse(IEnumerable<ObjectPath> guards)
    {
        if (_commonGuards is null)
            _commonGuards = [.. guards];
        else
            _commonGuards.IntersectWith(guards);
    }

    /// <summary>True where the field is used, and every use outside of construction holds the lock. Known of readonly fields only.</summary>
    public bool IsAlwaysUnder(ObjectPath guard) => _commonGuards is not null && _commonGuards.Contains(guard);
}
