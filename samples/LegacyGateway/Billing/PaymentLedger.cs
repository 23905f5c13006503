using Contracts;

namespace LegacyGateway.Billing;

/// <summary>The payments taken so far, so that a repeated message is not booked twice.</summary>
public sealed class PaymentLedger
{
    private readonly Dictionary<string, Payment> _payments = new(StringComparer.Ordinal); // checklist item 1

    /// <returns>False where a payment with this id has been taken.</returns>
    public bool TryAccept(Payment payment)
    {
        lock (_payments)
        {
            if (_payments.ContainsKey(payment.Id))
                return false;
            _payments.Add(payment.Id, payment);
            return true;
        }
    }

    public Payment? Find(string id)
    {
        lock (_payments)
        {
            return _payments.TryGetValue(id, out var payment) ? payment : null;
        }
    }
}
