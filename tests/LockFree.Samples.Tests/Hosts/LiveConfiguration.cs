using Microsoft.Extensions.Configuration;

namespace LockFree.Samples.Tests.Hosts;

/// <summary>Configuration that a test may change while the service runs.</summary>
public sealed class LiveConfiguration : ConfigurationProvider, IConfigurationSource
{
    /// <summary>Sets a key and tells those who monitor their options.</summary>
    public void Change(string key, string value)
    {
        Set(key, value);
        OnReload();
    }

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
}
