namespace LockFree.Generators.Tests.Accessors;

internal interface IOrders;

[HubClient("billing", Scope = "eu")]
internal interface IBilling;

internal interface IPricing;

internal sealed class Orders : IOrders;

internal sealed class Billing : IBilling;

internal sealed class Pricing : IPricing;
