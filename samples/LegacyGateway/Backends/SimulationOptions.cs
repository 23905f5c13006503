namespace Backends;

/// <summary>How the simulated backends behave; section <c>Simulation</c> of the configuration, and changeable at run time.</summary>
public sealed class SimulationOptions
{
    /// <summary>How long an order takes. Zero answers at once, on the caller's thread.</summary>
    public TimeSpan OrderLatency { get; set; }

    /// <summary>How long the route source takes. Zero answers at once, on the caller's thread.</summary>
    public TimeSpan RouteSourceLatency { get; set; }
}
