using Backends;
using Contracts;
using LegacyGateway.Billing;
using LegacyGateway.Clients;

namespace LegacyGateway.Endpoints;

/// <summary>Balances and payments.</summary>
public sealed class BillingEndpoints
{
    private readonly ClientRegistry _clients;
    private readonly PaymentLedger _payments;

    public BillingEndpoints(ClientRegistry clients, PaymentLedger payments)
    {
        _clients = clients;
        _payments = payments;
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/customers/{customer}/balance", BalanceAsync);
        endpoints.MapPost("/customers/{customer}/payments", PayAsync);
        endpoints.MapGet("/payments/{id}", FindPayment);
    }

    private async Task<IResult> BalanceAsync(string customer, CancellationToken cancellationToken)
    {
        if (_clients["billing"] is not IBilling billing) // checklist item 6
            return NotConnected();
        return TypedResults.Ok(new Balance(customer, await billing.BalanceAsync(customer, cancellationToken)));
    }

    private async Task<IResult> PayAsync(string customer, Payment payment, CancellationToken cancellationToken)
    {
        var billing = _clients["billing"] as IBilling; // checklist item 6
        if (billing is null)
            return NotConnected();
        if (payment.Amount <= 0)
            return TypedResults.Problem("A payment is positive.", statusCode: StatusCodes.Status400BadRequest);
        if (!_payments.TryAccept(payment))
            return TypedResults.Problem($"The payment '{payment.Id}' has been booked.", statusCode: StatusCodes.Status409Conflict);
        return TypedResults.Ok(new Balance(customer, await billing.ChargeAsync(customer, -payment.Amount, cancellationToken)));
    }

    private IResult FindPayment(string id) => _payments.Find(id) is { } payment
        ? TypedResults.Ok(payment)
        : TypedResults.Problem($"There is no payment '{id}'.", statusCode: StatusCodes.Status404NotFound);

    private static IResult NotConnected() =>
        TypedResults.Problem("Billing is not connected.", statusCode: StatusCodes.Status503ServiceUnavailable);
}
