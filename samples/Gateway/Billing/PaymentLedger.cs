using Contracts;
using LockFree;

namespace Gateway.Billing;

/// <summary>The payments taken so far, so that a repeated message is not booked twice.</summary>
public sealed class PaymentLedger
{
    private readonly ShardedMap<string, Payment> _payments = new(StringComparer.Ordinal);

    /// <returns>False where a payment with this id has been taken.</returns>
    public bool TryAccept(Payment payment) => _payments.TryAdd(payment.Id, payment);

    public Payment? Find(string id) => _payments.GetValueOrDefault(id);
}
