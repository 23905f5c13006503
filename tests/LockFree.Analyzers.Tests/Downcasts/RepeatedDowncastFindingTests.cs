using static LockFree.Analyzers.Tests.Downcasts.RepeatedDowncastVerifier;

namespace LockFree.Analyzers.Tests.Downcasts;

/// <summary>What LF6001 must find.</summary>
public sealed class RepeatedDowncastFindingTests
{
    [Fact]
    public Task The_same_key_cast_in_two_handlers() => VerifyMembersAsync("""
        public void Place() => ([|(IOrders)_clients["orders"]|]).Place();
        public void PlaceTwice() => ((IOrders)_clients["orders"]).Place();
        """);

    [Fact]
    public Task An_owner_that_ends_what_all_share_hides_nothing() => VerifyAsync("""
        public sealed class Gateway : System.IDisposable
        {
            private readonly Dictionary<string, object> _clients = new() { ["orders"] = new OrdersClient(), ["billing"] = new BillingClient() };
            public void Place() => ([|(IOrders)_clients["orders"]|]).Place();
            public void Again() => ((IOrders)_clients["orders"]).Place();
            public void Dispose() { var orders = (IOrders)_clients["orders"]; ((System.IDisposable)orders).Dispose(); }
        }
        """);

    [Fact]
    public Task One_finding_for_each_client() => VerifyMembersAsync("""
        public void Place() { ([|(IOrders)_clients["orders"]|]).Place(); ([|(IBilling)_clients["billing"]|]).Charge(); }
        public void Again() { ((IOrders)_clients["orders"]).Place(); ((IBilling)_clients["billing"]).Charge(); }
        """);

    [Fact]
    public Task Casts_of_every_form_count_as_one_client() => VerifyMembersAsync("""
        public void Cast() => ([|(IOrders)_clients["orders"]|]).Place();
        public void As() => (_clients["orders"] as IOrders)?.Place();
        public void Is() { if (_clients["orders"] is IOrders orders) orders.Place(); }
        public void Recursive() { if (_clients["orders"] is IOrders { } orders) orders.Place(); }
        """);

    [Fact]
    public Task An_out_variable_of_TryGetValue_that_is_cast() => VerifyMembersAsync("""
        public void Place()
        {
            if (_clients.TryGetValue("orders", out object? found) && [|found is IOrders orders|])
                orders.Place();
        }

        public void Again() => ((IOrders)_clients["orders"]).Place();
        """);

    [Fact]
    public Task A_local_that_holds_the_answer() => VerifyMembersAsync("""
        public void Place()
        {
            object found = _clients["orders"];
            ([|(IOrders)found|]).Place();
        }

        public void Again() => (_clients.GetValueOrDefault("orders") as IOrders)?.Place();
        """);

    [Fact]
    public Task A_constant_and_its_literal_are_the_same_key() => VerifyMembersAsync("""
        private const string Orders = "orders";
        public void Place() => ([|(IOrders)_clients[Orders]|]).Place();
        public void Again() => ((IOrders)_clients["orders"]).Place();
        """);

    [Fact]
    public Task A_read_only_key() => VerifyAsync("""
        public sealed class Gateway
        {
            private static readonly object OrdersKey = new();
            private readonly Dictionary<object, object> _services = new();
            public void Place() => ([|(IOrders)_services[OrdersKey]|]).Place();
            public void Again() => ((IOrders)_services[OrdersKey]).Place();
        }
        """);

    [Fact]
    public Task Types_as_keys() => VerifyAsync("""
        public sealed class Gateway(Dictionary<Type, object> services)
        {
            public void Place() => ([|(IOrders)services[typeof(IOrders)]|]).Place();
            public void Again() => ((IOrders)services[typeof(IOrders)]).Place();
        }
        """);

    [Fact]
    public Task A_common_interface_erases_as_object_does() => VerifyAsync("""
        public sealed class Gateway
        {
            private readonly Dictionary<string, IClient> _clients = new();
            public void Place() => ([|(IOrders)_clients["orders"]|]).Place();
            public void Again() => ((IOrders)_clients["orders"]).Place();
        }
        """);

    [Fact]
    public Task Lambdas_are_handlers_of_their_own() => VerifyMembersAsync("""
        public IEnumerable<Action> Routes()
        {
            yield return () => ([|(IOrders)_clients["orders"]|]).Place();
            yield return () => ((IOrders)_clients["orders"]).Place();
        }
        """);

    [Fact]
    public Task Twice_on_one_path_of_one_method() => VerifyMembersAsync("""
        public void Place()
        {
            if ([|_clients["orders"] is IOrders|])
                ((IOrders)_clients["orders"]).Place();
        }
        """);

    [Fact]
    public Task An_own_hub_that_returns_objects() => VerifyAsync("""
        public sealed class ServiceRegistry { public object Get(string name) => throw null!; }
        public sealed class Gateway(ServiceRegistry registry)
        {
            public void Place() => ([|(IOrders)registry.Get("orders")|]).Place();
            public void Again() => ((IOrders)registry.Get("orders")).Place();
        }
        """);

    [Fact]
    public Task The_generic_lookup_of_a_client_hub() => VerifyAsync("""
        public sealed class Gateway(ClientHub hub)
        {
            private readonly ClientHub _hub = hub;
            public void Place() => [|_hub.Get<IOrders>(ClientKey.Global("orders"))|].Place();
            public void Again() => _hub.Get<IOrders>(ClientKey.Global("orders")).Place();
            public void Other() => _hub.Get<IOrders>(ClientKey.Scoped("eu", "orders")).Place();
        }
        """);

    [Fact]
    public Task Casts_spread_over_partial_types() => VerifyAsync(
        """
        public sealed partial class Gateway
        {
            private readonly Dictionary<string, object> _clients = new();
            public void Place() => ([|(IOrders)_clients["orders"]|]).Place();
        }
        """,
        """
        public sealed partial class Gateway
        {
            public void Again() => ((IOrders)_clients["orders"]).Place();
        }
        """);

    [Fact]
    public Task A_static_registry() => VerifyAsync("""
        public static class Gateway
        {
            private static readonly Dictionary<string, object> Clients = new();
            public static void Place() => ([|(IOrders)Clients["orders"]|]).Place();
            public static void Again() => ((IOrders)Clients["orders"]).Place();
        }
        """);
}
