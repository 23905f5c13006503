namespace Contracts;

/// <summary>What operators change while the gateway runs. Always replaced as a whole.</summary>
/// <param name="Maintenance">Every dispatch is refused.</param>
/// <param name="MaxQuantity">Upper bound over all routes.</param>
public sealed record GatewaySettings(bool Maintenance, int MaxQuantity);
