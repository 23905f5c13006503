using System.Net;

namespace LockFree.Samples.Tests.Scripts;

/// <summary>One step of a script: a request and the status it must be answered with, or the passing of a window.</summary>
/// <param name="Method">Null where the step is the passing of a window.</param>
/// <param name="Body">JSON, or whatever stands in for it in an error case.</param>
public sealed record Step(HttpMethod? Method, string Path, HttpStatusCode Expected, string? Body = null, string? RequestId = null)
{
    /// <summary>Lets a window pass: the prices are fetched, the backends asked for their health, duplicates and quotas forgotten.</summary>
    public static Step NextWindow { get; } = new(null, "", default);

    public static Step Get(string path, HttpStatusCode expected = HttpStatusCode.OK) => new(HttpMethod.Get, path, expected);

    public static Step Post(string path, string? body, HttpStatusCode expected) => new(HttpMethod.Post, path, expected, body);

    public static Step Put(string path, string body, HttpStatusCode expected) => new(HttpMethod.Put, path, expected, body);

    public static Step Delete(string path, HttpStatusCode expected) => new(HttpMethod.Delete, path, expected);

    public static Step Dispatch(
        string route, string? requestId, HttpStatusCode expected, string customer = "ada", string item = "apple", int quantity = 4) =>
        new(HttpMethod.Post, $"/dispatch/{route}", expected, Json.Purchase(customer, item, quantity), requestId);

    /// <inheritdoc/>
    public override string ToString() => Method is null ? "next window" : $"{Method} {Path} {RequestId} {Body}".TrimEnd();
}
