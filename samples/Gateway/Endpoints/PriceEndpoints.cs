using Backends;
using Gateway.Clients;
using Gateway.Prices;

namespace Gateway.Endpoints;

/// <summary>The latest prices, and quotes straight from the pricing system.</summary>
public static class PriceEndpoints
{
    public static void MapPrices(this WebApplication app)
    {
        app.MapGet("/prices", (PriceBook book) => book.Latest);

        app.MapGet("/prices/{item}/quote", async (string item, int quantity, GatewayClients clients, CancellationToken cancellationToken) =>
        {
            try
            {
                return Results.Ok(await clients.Pricing.QuoteAsync(item, quantity, cancellationToken));
            }
            catch (BackendException exception)
            {
                return Results.Problem(exception.Message, statusCode: StatusCodes.Status404NotFound);
            }
        });
    }
}
