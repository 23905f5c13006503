namespace Contracts;

/// <summary>The systems behind the gateway.</summary>
public static class BackendNames
{
    public const string Orders = "orders";
    public const string Billing = "billing";
    public const string Pricing = "pricing";

    /// <summary>All of them, in the order they are connected.</summary>
    public static IReadOnlyList<string> All { get; } = [Orders, Billing, Pricing];
}
