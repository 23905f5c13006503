using System.Collections.Concurrent;
using System.Net;

namespace LockFree.Hosting.Tests.Sigterm;

/// <summary>Clients that send one request after the other until the service takes none any more.</summary>
internal sealed class Load
{
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, HttpStatusCode> _answers = new();
    private readonly SemaphoreSlim _answered = new(0);
    private readonly Task _clients;

    /// <param name="http">Reaches the service.</param>
    /// <param name="clients">How many requests are under way at any time.</param>
    public Load(HttpClient http, int clients)
    {
        _http = http;
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => SendUntilRefusedAsync(client))));
    }

    /// <summary>The paths that were answered, with their status.</summary>
    public IReadOnlyDictionary<string, HttpStatusCode> Answers => _answers;

    /// <summary>Completes when every client has been refused: nobody listens any more, or the connection was closed.</summary>
    public Task Refused => _clients.OrHang();

    /// <summary>Completes when that many requests have been answered, not counting what was waited for before.</summary>
    public async Task AnsweredAsync(int requests)
    {
        for (var i = 0; i < requests; i++)
            await _answered.WaitAsync().OrHang();
    }

    /// <summary>Sends one request of its own.</summary>
    public async Task SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await _http.SendAsync(request); // With its whole content.
        _answers[path] = response.StatusCode;
        _answered.Release();
    }

    private async Task SendUntilRefusedAsync(int client)
    {
        try
        {
            for (var i = 0; ; i++)
                await SendAsync(HttpMethod.Post, $"/jobs/{client}-{i}");
        }
        catch (HttpRequestException)
        {
            // Whether the service had accepted that request is for it to tell.
        }
    }
}
