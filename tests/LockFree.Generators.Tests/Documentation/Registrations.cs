using Microsoft.Extensions.DependencyInjection;

namespace LockFree.Generators.Tests.Documentation;

/// <summary>The registration on the documentation's page that needs no host.</summary>
internal static class Registrations
{
    public static void AddShop(IServiceCollection services)
    {
        services.AddSingleton<ClientHub>();
        services.AddShopClients();
        services.AddSingleton<Checkout>();
    }
}
