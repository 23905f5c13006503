namespace LockFree.Generators.Models;

/// <summary>The <c>PrintMembers</c> of a record. It does not throw when a client is not there yet.</summary>
/// <param name="Modifiers">The modifiers the language wants for this record.</param>
/// <param name="CallsBase">Whether the record derives from another one.</param>
/// <param name="Members">What is printed, in the order of the compiler's own.</param>
internal sealed record RecordPrintingModel(string Modifiers, bool CallsBase, EquatableArray<PrintedMemberModel> Members);
