namespace LockFree.Generators.Tests.Documentation;

internal sealed class PricingClient : IPricing
{
    public static Task<PricingClient> ConnectAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<PricingClient>(cancellationToken) : Task.FromResult(new PricingClient());

    public decimal PriceOf(string item) => item.Length;
}
