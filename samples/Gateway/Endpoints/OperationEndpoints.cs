using Backends;
using Contracts;
using Gateway.Clients;
using Gateway.Dispatch;
using Gateway.Settings;
using Gateway.Statistics;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Endpoints;

/// <summary>The dispatch itself, and what operators watch and switch.</summary>
public static class OperationEndpoints
{
    public static void MapOperations(this WebApplication app)
    {
        app.MapPost(
            "/dispatch/{route}",
            (
                string route,
                [FromHeader(Name = "X-Request-Id")] string? requestId,
                PurchaseRequest request,
                RequestDispatcher dispatcher,
                CancellationToken cancellationToken) => dispatcher.DispatchAsync(route, requestId, request, cancellationToken));

        app.MapGet("/settings", (SettingsHolder settings) => settings.Current);
        app.MapPut("/settings", (GatewaySettings replacement, SettingsHolder settings) =>
        {
            if (replacement.MaxQuantity < 1)
                return Results.Problem("The largest quantity must be at least 1.", statusCode: StatusCodes.Status400BadRequest);
            settings.Replace(replacement);
            return Results.Ok(replacement);
        });

        app.MapGet("/statistics", (GatewayStatistics statistics) => statistics.Report());

        app.MapGet("/backends", (BackendHealth health, SimulatedBackends backends) =>
            BackendNames.All.Select(name => new BackendStatus(name, backends.ConnectionsOf(name), health.IsUp(name))));
        app.MapPut("/backends/{name}/availability", (string name, Availability availability, SimulatedBackends backends) =>
        {
            if (!BackendNames.All.Contains(name))
                return Results.Problem($"There is no backend '{name}'.", statusCode: StatusCodes.Status404NotFound);
            backends.SetAvailable(name, availability.Available);
            return Results.NoContent();
        });
    }
}
