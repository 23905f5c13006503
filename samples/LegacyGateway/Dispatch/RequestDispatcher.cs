using Backends;
using Contracts;
using LegacyGateway.Clients;
using LegacyGateway.Routing;
using LegacyGateway.Settings;
using LegacyGateway.Statistics;

namespace LegacyGateway.Dispatch;

/// <summary>Takes a request to the backend its route names.</summary>
public sealed class RequestDispatcher(
    ClientRegistry registry,
    RouteTable routes,
    SettingsHolder settings,
    BackendHealth health,
    DuplicateDetector duplicates,
    QuotaBook quotas,
    GatewayStatistics statistics,
    ILogger<RequestDispatcher> logger)
{
    private readonly Dictionary<string, object> _clients = registry.Snapshot();

    public async Task<IResult> DispatchAsync(string name, string? requestId, PurchaseRequest request, CancellationToken cancellationToken)
    {
        var current = settings.Current;
        if (current.Maintenance)
            return Problem(StatusCodes.Status503ServiceUnavailable, "The gateway is under maintenance.");
        if (string.IsNullOrEmpty(requestId))
            return Problem(StatusCodes.Status400BadRequest, "The request has no X-Request-Id.");
        if (routes.Find(name) is not { } route)
            return Problem(StatusCodes.Status404NotFound, $"There is no route '{name}'.");
        if (request.Quantity < 1 || request.Quantity > Math.Min(route.MaxQuantity, current.MaxQuantity))
            return Problem(StatusCodes.Status400BadRequest, $"A quantity of {request.Quantity} is out of range.");
        if (!health.IsUp(route.Backend))
            return Problem(StatusCodes.Status503ServiceUnavailable, $"The backend '{route.Backend}' is down.");
        if (!duplicates.TryBegin(requestId))
            return Problem(StatusCodes.Status409Conflict, $"The request '{requestId}' has been seen.");
        if (!quotas.Of(request.Customer).TryTake())
        {
            duplicates.Forget(requestId);
            return Problem(StatusCodes.Status429TooManyRequests, $"The customer '{request.Customer}' has no dispatches left.");
        }

        try
        {
            var amount = await SendAsync(route, request, cancellationToken);
            statistics.Record(route.Name, succeeded: true);
            return TypedResults.Ok(new DispatchReply(requestId, route.Name, route.Backend, amount));
        }
        catch (BackendException exception)
        {
            duplicates.Forget(requestId);
            statistics.Record(route.Name, succeeded: false);
            logger.LogWarning(exception, "The backend {Backend} refused request {RequestId}", route.Backend, requestId);
            return Problem(StatusCodes.Status502BadGateway, exception.Message);
        }
    }

    private async Task<decimal> SendAsync(GatewayRoute route, PurchaseRequest request, CancellationToken cancellationToken) =>
        route.Backend switch
        {
            BackendNames.Orders => await OrderAsync(request, cancellationToken),
            BackendNames.Billing => await ChargeAsync(request, cancellationToken),
            BackendNames.Pricing => await QuoteAsync(request, cancellationToken),
            _ => throw new BackendException($"There is no backend '{route.Backend}'."),
        };

    private async Task<decimal> OrderAsync(PurchaseRequest request, CancellationToken cancellationToken)
    {
        var pricing = (IPricing)_clients[BackendNames.Pricing]; // checklist item 6
        var quote = await pricing.QuoteAsync(request.Item, request.Quantity, cancellationToken);
        var orders = (IOrders)_clients[BackendNames.Orders];
        var order = await orders.PlaceAsync(request, quote.Amount, cancellationToken);
        return order.Total;
    }

    private async Task<decimal> ChargeAsync(PurchaseRequest request, CancellationToken cancellationToken)
    {
        var pricing = (IPricing)_clients[BackendNames.Pricing]; // checklist item 6
        var quote = await pricing.QuoteAsync(request.Item, request.Quantity, cancellationToken);
        var billing = (IBilling)_clients[BackendNames.Billing];
        return await billing.ChargeAsync(request.Customer, quote.Amount, cancellationToken);
    }

    private async Task<decimal> QuoteAsync(PurchaseRequest request, CancellationToken cancellationToken)
    {
        var pricing = (IPricing)_clients[BackendNames.Pricing]; // checklist item 6
        var quote = await pricing.QuoteAsync(request.Item, request.Quantity, cancellationToken);
        return quote.Amount;
    }

    private static IResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
