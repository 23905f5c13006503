using LockFree.Analyzers.GuardedState;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>LF2005's finding about one field.</summary>
/// <param name="Field">The field and all its uses.</param>
/// <param name="Lock">The lock that every write holds, seen from the object the field belongs to.</param>
/// <param name="Found">What may happen to a reader that holds no lock.</param>
internal sealed record PublicationVerdict(PlainField Field, ObjectPath Lock, FoundHazard Found)
{
    public FieldAccess Read => Found.Read;

    public PublicationHazard Hazard => Found.Hazard;

    /// <summary>
    /// False where the .NET memory model, though not ECMA-335's, makes the plain field safe, or a 64-bit process does; and where only the
    /// end of the object's life reads twice, when nobody should replace the value any more.
    /// </summary>
    public bool IsHarmful => Hazard is PublicationHazard.TornValue or PublicationHazard.FlagBeforeState or PublicationHazard.HoistedRead
        || Hazard == PublicationHazard.TwoVersions && !Read.Frame.IsTeardown;

    /// <summary>True where <c>volatile</c> is what is missing.</summary>
    public bool WantsVolatile => Hazard is PublicationHazard.FlagBeforeState or PublicationHazard.HoistedRead
        or PublicationHazard.CompanionBehindReference or PublicationHazard.DoubleCheckedReference or PublicationHazard.CopyOnWriteReference;
}
