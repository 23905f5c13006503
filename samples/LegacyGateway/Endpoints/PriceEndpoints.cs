using Backends;
using LegacyGateway.Prices;

namespace LegacyGateway.Endpoints;

/// <summary>The latest prices, and quotes straight from the pricing system.</summary>
public static class PriceEndpoints
{
    public static void MapPrices(this WebApplication app)
    {
        app.MapGet("/prices", () =>
        {
            var book = app.Services.GetRequiredService<PriceBook>(); // checklist item 5
            return book.Latest;
        });

        app.MapGet("/prices/{item}/quote", async (string item, int quantity, CancellationToken cancellationToken) =>
        {
            var pricing = app.Services.GetRequiredService<IPricing>(); // checklist item 5
            try
            {
                return Results.Ok(await pricing.QuoteAsync(item, quantity, cancellationToken));
            }
            catch (BackendException exception)
            {
                return Results.Problem(exception.Message, statusCode: StatusCodes.Status404NotFound);
            }
        });
    }
}
