using LockFree;

namespace @namespace.Names;

public interface @interface;

public interface Ελλάδα;

[ClientAccessors]
public partial class @class
{
    [Client("quoted \"key\"\n<b>&\u2028\ud800")]
    public partial @interface @event { get; }

    [Client("Ключ", Scope = "\\scope")]
    public partial Ελλάδα Ωμέγα { get; }

    [Client("record")]
    public partial @interface @record { get; }

    [Client("field")]
    public partial @interface field { get; }

    public static class System;

    public static class LockFree;
}
