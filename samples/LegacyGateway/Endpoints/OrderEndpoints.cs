using Backends;
using Contracts;
using LegacyGateway.Clients;

namespace LegacyGateway.Endpoints;

/// <summary>Orders placed without a route.</summary>
public sealed class OrderEndpoints
{
    private readonly ClientRegistry _clients;

    public OrderEndpoints(ClientRegistry clients) => _clients = clients;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/orders", PlaceAsync);
        endpoints.MapGet("/orders/{id}", FindAsync);
        endpoints.MapDelete("/orders/{id}", CancelAsync);
    }

    private async Task<IResult> PlaceAsync(PurchaseRequest request, CancellationToken cancellationToken)
    {
        var orders = (IOrders)_clients["orders"]; // checklist item 6
        var pricing = (IPricing)_clients["pricing"];
        try
        {
            var quote = await pricing.QuoteAsync(request.Item, request.Quantity, cancellationToken);
            var order = await orders.PlaceAsync(request, quote.Amount, cancellationToken);
            return TypedResults.Created($"/orders/{order.Id}", order);
        }
        catch (BackendException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status502BadGateway);
        }
    }

    private async Task<IResult> FindAsync(string id, CancellationToken cancellationToken)
    {
        var orders = (IOrders)_clients["orders"]; // checklist item 6
        return await orders.FindAsync(id, cancellationToken) is { } order ? TypedResults.Ok(order) : NotFound(id);
    }

    private async Task<IResult> CancelAsync(string id, CancellationToken cancellationToken)
    {
        var orders = (IOrders)_clients["orders"]; // checklist item 6
        return await orders.CancelAsync(id, cancellationToken) ? TypedResults.NoContent() : NotFound(id);
    }

    private static IResult NotFound(string id) =>
        TypedResults.Problem($"There is no order '{id}'.", statusCode: StatusCodes.Status404NotFound);
}
