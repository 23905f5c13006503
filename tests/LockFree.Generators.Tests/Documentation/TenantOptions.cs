namespace LockFree.Generators.Tests.Documentation;

internal sealed record TenantOptions(string Region);
