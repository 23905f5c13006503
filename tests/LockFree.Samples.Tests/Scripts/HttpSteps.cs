using System.Text;

namespace LockFree.Samples.Tests.Scripts;

/// <summary>Sends steps over HTTP.</summary>
public static class HttpSteps
{
    public static async Task<Answer> SendAsync(this HttpClient http, Step step)
    {
        using var request = new HttpRequestMessage(step.Method!, step.Path);
        if (step.Body is not null)
            request.Content = new StringContent(step.Body, Encoding.UTF8, "application/json");
        if (step.RequestId is not null)
            request.Headers.Add("X-Request-Id", step.RequestId);
        using var response = await http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    /// <summary>Sends all at once, none before all are ready to go, and returns the answers in the order of the steps.</summary>
    public static async Task<Answer[]> SendAllAtOnceAsync(this HttpClient http, IEnumerable<Step> steps)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sends = steps.Select(async step =>
        {
            await gate.Task;
            return await http.SendAsync(step);
        }).ToArray();
        gate.SetResult();
        return await Task.WhenAll(sends);
    }
}
