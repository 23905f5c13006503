using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>A lock statement that does one thing to one field, and nothing else.</summary>
/// <param name="Lock">The statement.</param>
/// <param name="Statements">Its body.</param>
/// <param name="Field">The field.</param>
/// <param name="Shape">What is done.</param>
/// <param name="Change">The assignment or increment; null where nothing is assigned.</param>
internal sealed record CellRegion(
    ILockOperation Lock, ImmutableArray<IOperation> Statements, IFieldSymbol Field, CellShape Shape, IOperation? Change);
