using System.Net;
using System.Text.Json.Nodes;

namespace LockFree.Samples.Tests.Scripts;

/// <summary>What a caller sees of a reply.</summary>
/// <param name="Body">The text as it came, without the trace id of a problem report.</param>
public sealed record Answer(HttpStatusCode Status, string? ContentType, string? Location, string Body)
{
    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var contentType = response.Content.Headers.ContentType?.ToString();
        var body = await response.Content.ReadAsStringAsync();
        if (contentType == "application/problem+json" && JsonNode.Parse(body) is JsonObject problem && problem.Remove("traceId"))
            body = problem.ToJsonString();
        return new Answer(response.StatusCode, contentType, response.Headers.Location?.ToString(), body);
    }
}
