using System.Collections.Immutable;

namespace LockFree.Tests.Examples;

/// <summary>Which handler serves which path; never changed, only replaced.</summary>
internal sealed record Router(ImmutableDictionary<string, string> Handlers)
{
    public static Router Empty { get; } = new(ImmutableDictionary<string, string>.Empty);

    public string? HandlerOf(string path) => Handlers.GetValueOrDefault(path);

    public Router With(string path, string handler) => new(Handlers.SetItem(path, handler));
}
