using Contracts;
using Gateway.Billing;
using Gateway.Clients;

namespace Gateway.Endpoints;

/// <summary>Balances and payments.</summary>
public sealed class BillingEndpoints(GatewayClients clients, PaymentLedger payments)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/customers/{customer}/balance", BalanceAsync);
        endpoints.MapPost("/customers/{customer}/payments", PayAsync);
        endpoints.MapGet("/payments/{id}", FindPayment);
    }

    private async Task<IResult> BalanceAsync(string customer, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Balance(customer, await clients.Billing.BalanceAsync(customer, cancellationToken)));

    private async Task<IResult> PayAsync(string customer, Payment payment, CancellationToken cancellationToken)
    {
        if (payment.Amount <= 0)
            return TypedResults.Problem("A payment is positive.", statusCode: StatusCodes.Status400BadRequest);
        if (!payments.TryAccept(payment))
            return TypedResults.Problem($"The payment '{payment.Id}' has been booked.", statusCode: StatusCodes.Status409Conflict);
        return TypedResults.Ok(new Balance(customer, await clients.Billing.ChargeAsync(customer, -payment.Amount, cancellationToken)));
    }

    private IResult FindPayment(string id) => payments.Find(id) is { } payment
        ? TypedResults.Ok(payment)
        : TypedResults.Problem($"There is no payment '{id}'.", statusCode: StatusCodes.Status404NotFound);
}
