namespace Gateway;

/// <summary>Section <c>Gateway</c> of the configuration.</summary>
public sealed class GatewayOptions
{
    /// <summary>How often prices and the health of the backends are fetched; also the window of duplicates and quotas.</summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many dispatches one customer has in a window.</summary>
    public int DispatchesPerCustomer { get; set; } = 1000;

    /// <summary>Upper bound of quantities until the operators set another.</summary>
    public int MaxQuantity { get; set; } = 500;
}
