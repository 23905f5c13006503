using Contracts;
using Microsoft.Extensions.Options;

namespace LegacyGateway.Settings;

/// <summary>The settings in force. Read by every request, replaced now and then.</summary>
public sealed class SettingsHolder(IOptions<GatewayOptions> options)
{
    private readonly object _gate = new();
    private GatewaySettings _current = new(Maintenance: false, options.Value.MaxQuantity); // checklist item 2

    public GatewaySettings Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    public void Replace(GatewaySettings settings)
    {
        lock (_gate)
        {
            _current = settings;
        }
    }
}
