using System.Text.Json;

namespace LockFree.Samples.Tests.Scripts;

/// <summary>The bodies of requests.</summary>
public static class Json
{
    public static string Route(string name, string backend = "orders", int maxQuantity = 100) =>
        JsonSerializer.Serialize(new { name, backend, maxQuantity });

    public static string Purchase(string customer, string item, int quantity) =>
        JsonSerializer.Serialize(new { customer, item, quantity });

    public static string Payment(string id, decimal amount) => JsonSerializer.Serialize(new { id, amount });

    public static string Settings(bool maintenance, int maxQuantity) => JsonSerializer.Serialize(new { maintenance, maxQuantity });

    public static string Availability(bool available) => JsonSerializer.Serialize(new { available });
}
