using System.Collections.Concurrent;
using Contracts;

namespace Backends;

/// <summary>A billing system in memory.</summary>
public sealed class SimulatedBilling(SimulatedBackends backends) : IBilling
{
    private readonly ConcurrentDictionary<string, decimal> _balances = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<bool> PingAsync(CancellationToken cancellationToken) => new(backends.IsAvailable(BackendNames.Billing));

    /// <inheritdoc/>
    public ValueTask<decimal> ChargeAsync(string customer, decimal amount, CancellationToken cancellationToken) =>
        new(_balances.AddOrUpdate(customer, static (_, charge) => charge, static (_, balance, charge) => balance + charge, amount));

    /// <inheritdoc/>
    public ValueTask<decimal> BalanceAsync(string customer, CancellationToken cancellationToken) =>
        new(_balances.GetValueOrDefault(customer));
}
