using LockFree.Samples.Tests.Hosts;
using LockFree.Samples.Tests.Scripts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace LockFree.Samples.Tests;

/// <summary>The migration has changed nothing a caller can see: both gateways tell every story alike.</summary>
public class ParityTests
{
    [Theory]
    [MemberData(nameof(Stories.Names), MemberType = typeof(Stories))]
    public async Task BothGatewaysAnswerAlike(string story)
    {
        var script = Stories.All[story];

        var legacy = await TellAsync(GatewayVersion.Legacy, script);
        var migrated = await TellAsync(GatewayVersion.Migrated, script);

        Assert.Equal(legacy, migrated);
    }

    [Fact]
    public async Task TheStoriesReachEveryEndpointOfBothGateways()
    {
        var legacy = await EndpointsAsync(GatewayVersion.Legacy);
        var migrated = await EndpointsAsync(GatewayVersion.Migrated);
        var steps = Stories.All.Values.SelectMany(script => script.Steps).Where(step => step != Step.NextWindow).ToArray();

        Assert.Equal(legacy.Select(Describe), migrated.Select(Describe));
        Assert.Empty(legacy.Where(endpoint => !steps.Any(step => IsFor(endpoint, step))).Select(Describe));
    }

    private static async Task<RouteEndpoint[]> EndpointsAsync(GatewayVersion version)
    {
        await using var gateway = await RunningGateway.StartAsync(version);
        return [.. gateway.Endpoints.OrderBy(Describe, StringComparer.Ordinal)];
    }

    private static string Describe(RouteEndpoint endpoint) => $"{Method(endpoint)} {endpoint.RoutePattern.RawText}";

    private static string Method(RouteEndpoint endpoint) => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single();

    private static bool IsFor(RouteEndpoint endpoint, Step step)
    {
        var template = new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText!), []);
        return Method(endpoint) == step.Method!.Method && template.TryMatch(step.Path.Split('?')[0], []);
    }

    private static async Task<IReadOnlyList<string>> TellAsync(GatewayVersion version, Script script)
    {
        var transcript = new List<string>();
        await using var gateway = await RunningGateway.StartAsync(version, script.Settings);
        foreach (var step in script.Steps)
        {
            if (step == Step.NextWindow)
            {
                await gateway.NextWindowAsync();
                continue;
            }

            var answer = await gateway.Http.SendAsync(step);
            Assert.True(answer.Status == step.Expected, $"{version}: {step} was answered with {answer}, not {step.Expected}.");
            transcript.Add($"{step} -> {answer}");
        }

        return transcript;
    }
}
