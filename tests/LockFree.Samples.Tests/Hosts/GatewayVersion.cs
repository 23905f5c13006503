namespace LockFree.Samples.Tests.Hosts;

/// <summary>The two forms of the same service.</summary>
public enum GatewayVersion
{
    /// <summary>Before the migration: samples/LegacyGateway.</summary>
    Legacy,

    /// <summary>After the migration: samples/Gateway.</summary>
    Migrated,
}
