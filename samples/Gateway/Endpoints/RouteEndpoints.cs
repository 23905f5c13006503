using Backends;
using Contracts;
using Gateway.Routing;

namespace Gateway.Endpoints;

/// <summary>Operators list, register, replace and remove routes.</summary>
public sealed class RouteEndpoints(RouteTable routes, RouteLoader loader, RouteJournal journal)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/routes");
        group.MapGet("/", () => routes.All().OrderBy(route => route.Name, StringComparer.Ordinal));
        group.MapGet("/{name}", Find);
        group.MapPost("/", AddAsync);
        group.MapPut("/{name}", ReplaceAsync);
        group.MapDelete("/{name}", RemoveAsync);
        group.MapPost("/reload", ReloadAsync);
        endpoints.MapGet("/journal", journal.Read);
    }

    private IResult Find(string name) => routes.Find(name) is { } route ? TypedResults.Ok(route) : NotFound(name);

    private async Task<IResult> AddAsync(GatewayRoute route, CancellationToken cancellationToken)
    {
        if (Defect(route) is { } defect)
            return TypedResults.Problem(defect, statusCode: StatusCodes.Status400BadRequest);
        return await routes.AddAsync(route, cancellationToken)
            ? TypedResults.Created($"/routes/{route.Name}", route)
            : TypedResults.Problem($"The route '{route.Name}' exists.", statusCode: StatusCodes.Status409Conflict);
    }

    private async Task<IResult> ReplaceAsync(string name, GatewayRoute route, CancellationToken cancellationToken)
    {
        var renamed = route with { Name = name };
        if (Defect(renamed) is { } defect)
            return TypedResults.Problem(defect, statusCode: StatusCodes.Status400BadRequest);
        return await routes.ReplaceAsync(renamed, cancellationToken) ? TypedResults.Ok(renamed) : NotFound(name);
    }

    private async Task<IResult> RemoveAsync(string name, CancellationToken cancellationToken) =>
        await routes.RemoveAsync(name, cancellationToken) ? TypedResults.NoContent() : NotFound(name);

    private async Task<IResult> ReloadAsync(CancellationToken cancellationToken) =>
        TypedResults.Ok(await loader.ReloadAsync(cancellationToken));

    private static string? Defect(GatewayRoute route)
    {
        if (string.IsNullOrWhiteSpace(route.Name))
            return "A route needs a name.";
        if (!BackendNames.All.Contains(route.Backend))
            return $"There is no backend '{route.Backend}'.";
        return route.MaxQuantity < 1 ? "The largest quantity must be at least 1." : null;
    }

    private static IResult NotFound(string name) =>
        TypedResults.Problem($"There is no route '{name}'.", statusCode: StatusCodes.Status404NotFound);
}
