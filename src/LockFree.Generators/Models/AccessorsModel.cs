namespace LockFree.Generators.Models;

/// <summary>
/// Everything the text of one accessors class depends on, and nothing else: texts, numbers and arrays that compare by value, so
/// that an edit which leaves them equal leaves the output untouched.
/// </summary>
/// <param name="HintName">The name of the file without its ending, unique for the class up to upper and lower case.</param>
/// <param name="Namespace">The namespace as written in source; empty for the global one.</param>
/// <param name="Declarations">The partial declarations around the members, the outermost first, the class itself last.</param>
/// <param name="Name">The name of the class as written in source.</param>
/// <param name="Constructor">How the slots are filled.</param>
/// <param name="Slots">One per client: members that share a key and a type share the slot.</param>
/// <param name="Members">The implementing parts to write.</param>
/// <param name="TryGets">The <c>TryGet…</c> methods to write.</param>
/// <param name="HasInitializeAsync">False where the class has a member of that name already.</param>
/// <param name="HasWaitUntilReadyAsync">False where the class has a member of that name already.</param>
/// <param name="RecordPrinting">For a record whose <c>ToString</c> would otherwise read clients that may not be there yet.</param>
/// <param name="Registration">Where the project knows service collections.</param>
internal sealed record AccessorsModel(
    string HintName,
    string Namespace,
    EquatableArray<string> Declarations,
    string Name,
    ConstructorModel Constructor,
    EquatableArray<SlotModel> Slots,
    EquatableArray<ClientMemberModel> Members,
    EquatableArray<TryGetModel> TryGets,
    bool HasInitializeAsync,
    bool HasWaitUntilReadyAsync,
    RecordPrintingModel? RecordPrinting,
    RegistrationModel? Registration);
