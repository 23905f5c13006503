namespace LockFree.Tests.Examples;

internal sealed record Order(string Item);
