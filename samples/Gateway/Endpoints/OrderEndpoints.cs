using Backends;
using Contracts;
using Gateway.Clients;

namespace Gateway.Endpoints;

/// <summary>Orders placed without a route.</summary>
public sealed class OrderEndpoints(GatewayClients clients)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/orders", PlaceAsync);
        endpoints.MapGet("/orders/{id}", FindAsync);
        endpoints.MapDelete("/orders/{id}", CancelAsync);
    }

    private async Task<IResult> PlaceAsync(PurchaseRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var quote = await clients.Pricing.QuoteAsync(request.Item, request.Quantity, cancellationToken);
            var order = await clients.Orders.PlaceAsync(request, quote.Amount, cancellationToken);
            return TypedResults.Created($"/orders/{order.Id}", order);
        }
        catch (BackendException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status502BadGateway);
        }
    }

    private async Task<IResult> FindAsync(string id, CancellationToken cancellationToken)
    {
        return await clients.Orders.FindAsync(id, cancellationToken) is { } order ? TypedResults.Ok(order) : NotFound(id);
    }

    private async Task<IResult> CancelAsync(string id, CancellationToken cancellationToken)
    {
        return await clients.Orders.CancelAsync(id, cancellationToken) ? TypedResults.NoContent() : NotFound(id);
    }

    private static IResult NotFound(string id) =>
        TypedResults.Problem($"There is no order '{id}'.", statusCode: StatusCodes.Status404NotFound);
}
