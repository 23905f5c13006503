using Contracts;
using LockFree;
using Microsoft.Extensions.Options;

namespace Gateway.Settings;

/// <summary>The settings in force. Read by every request, replaced now and then.</summary>
public sealed class SettingsHolder(IOptions<GatewayOptions> options)
{
    private readonly SwapCell<GatewaySettings> _current = new(new GatewaySettings(Maintenance: false, options.Value.MaxQuantity));

    public GatewaySettings Current => _current.Load();

    public void Replace(GatewaySettings settings) => _current.Store(settings);
}
