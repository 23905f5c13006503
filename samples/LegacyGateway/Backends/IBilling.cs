namespace Backends;

/// <summary>Client of the billing system.</summary>
public interface IBilling : IBackend
{
    /// <summary>Adds to what the customer owes and returns the new balance; a payment is a negative charge.</summary>
    ValueTask<decimal> ChargeAsync(string customer, decimal amount, CancellationToken cancellationToken);

    ValueTask<decimal> BalanceAsync(string customer, CancellationToken cancellationToken);
}
