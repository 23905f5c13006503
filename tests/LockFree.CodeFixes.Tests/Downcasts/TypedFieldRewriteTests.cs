using static LockFree.CodeFixes.Tests.Downcasts.RepeatedDowncastFixVerifier;

namespace LockFree.CodeFixes.Tests.Downcasts;

/// <summary>LF6001's first fix: a read-only field, where the registry is proved to hold the client before anybody asks.</summary>
public sealed class TypedFieldRewriteTests
{
    [Fact]
    public Task A_registry_filled_by_its_initialiser() => VerifyFixAsync(
        """
        public sealed class Gateway
        {
            private readonly Dictionary<string, object> _clients = new() { ["orders"] = new OrdersClient() };
            private int _calls;

            public Gateway(int calls)
            {
                _calls = calls;
            }

            // Places one.
            public void Place() => ([|(IOrders)_clients["orders"]|]).Place(); // now

            public int Count => (_clients["orders"] as IOrders).Count;
        }
        """,
        """
        public sealed class Gateway
        {
            private readonly Dictionary<string, object> _clients = new() { ["orders"] = new OrdersClient() };
            private readonly IOrders _orders;
            private int _calls;

            public Gateway(int calls)
            {
                _orders = (IOrders)_clients["orders"];
                _calls = calls;
            }

            // Places one.
            public void Place() => _orders.Place(); // now

            public int Count => _orders.Count;
        }
        """,
        IntoField);

    [Fact]
    public Task A_registry_filled_by_the_only_constructor() => VerifyFixAsync(
        """
        public sealed class Gateway
        {
            private readonly Dictionary<string, object> _clients;

            public Gateway(IOrders orders, IBilling billing)
            {
                _clients = new Dictionary<string, object>();
                _clients["orders"] = orders;
                _clients.Add("billing", billing);
                Place();
            }

            public void Place() => ([|(IOrders)_clients["orders"]|]).Place();

            public void Again() => ((IOrders)_clients["orders"]).Place();
        }
        """,
        """
        public sealed class Gateway
        {
            private readonly Dictionary<string, object> _clients;
            private readonly IOrders _orders;

            public Gateway(IOrders orders, IBilling billing)
            {
                _clients = new Dictionary<string, object>();
                _clients["orders"] = orders;
                _clients.Add("billing", billing);
                _orders = (IOrders)_clients["orders"];
                Place();
            }

            public void Place() => _orders.Place();

            public void Again() => _orders.Place();
        }
        """,
        IntoField);

    [Fact]
    public Task A_static_registry() => VerifyFixAsync(
        """
        public static class Gateway
        {
            private static readonly Dictionary<string, object> Clients = new() { { "orders", new OrdersClient() } };

            public static void Place() => ([|(IOrders)Clients["orders"]|]).Place();

            public static void Again() => ((IOrders)Clients["orders"]).Place();
        }
        """,
        """
        public static class Gateway
        {
            private static readonly Dictionary<string, object> Clients = new() { { "orders", new OrdersClient() } };
            private static readonly IOrders Orders = (IOrders)Clients["orders"];

            public static void Place() => Orders.Place();

            public static void Again() => Orders.Place();
        }
        """,
        IntoField);

    [Fact]
    public Task A_type_without_a_constructor_gets_one() => VerifyFixAsync(
        """
        public sealed class Gateway
        {
            private readonly Dictionary<string, object> _clients = new() { ["orders"] = new OrdersClient() };

            public void Place() => ([|(IOrders)_clients["orders"]|]).Place();

            public void Again() => ((IOrders)_clients["orders"]).Place();
        }
        """,
        """
        public sealed class Gateway
        {
            private readonly Dictionary<string, object> _clients = new() { ["orders"] = new OrdersClient() };
            private readonly IOrders _orders;

            public Gateway()
            {
                _orders = (IOrders)_clients["orders"];
            }

            public void Place() => _orders.Place();

            public void Again() => _orders.Place();
        }
        """,
        IntoField);

    [Fact]
    public Task Two_clients_of_one_registry() => VerifyFixAsync(
        """
        public sealed class Gateway
        {
            private readonly Dictionary<string, object> _clients = new() { ["orders"] = new OrdersClient(), ["billing"] = new BillingClient() };

            public Gateway()
            {
            }

            public void Place() { ([|(IOrders)_clients["orders"]|]).Place(); ([|(IBilling)_clients["billing"]|]).Charge(); }

            public void Again() { ((IOrders)_clients["orders"]).Place(); ((IBilling)_clients["billing"]).Charge(); }
        }
        """,
        """
        public sealed class Gateway
        {
            private readonly Dictionary<string, object> _clients = new() { ["orders"] = new OrdersClient(), ["billing"] = new BillingClient() };
            private readonly IBilling _billing;
            private readonly IOrders _orders;

            public Gateway()
            {
                _billing = (IBilling)_clients["billing"];
                _orders = (IOrders)_clients["orders"];
            }

            public void Place() { _orders.Place(); _billing.Charge(); }

            public void Again() { _orders.Place(); _billing.Charge(); }
        }
        """,
        IntoField);

    [Theory]
    [InlineData("a key that is not there", """= new() { ["other"] = new OrdersClient() };""", "public Gateway() { }")]
    [InlineData("a comparer that may make keys equal", """= new(StringComparer.OrdinalIgnoreCase) { ["orders"] = new OrdersClient() };""", "public Gateway() { }")]
    [InlineData("a value whose type proves nothing", """= new() { ["orders"] = Make() };""", "public Gateway() { } static object Make() => new OrdersClient();")]
    [InlineData("an entry stored on one way only", "= new();", """public Gateway(bool on) { if (on) _clients["orders"] = new OrdersClient(); }""")]
    [InlineData("a handler called before the entry is there", "= new();", """public Gateway() { Place(); _clients["orders"] = new OrdersClient(); }""")]
    [InlineData("a second constructor", "= new();", """public Gateway() { _clients["orders"] = new OrdersClient(); } public Gateway(int n) { }""")]
    [InlineData("an entry stored later", "= new() { [\"orders\"] = new OrdersClient() };", """public Gateway() { } public void Set(IOrders o) => _clients["orders"] = o;""")]
    [InlineData("a registry handed on", "= new() { [\"orders\"] = new OrdersClient() };", "public Gateway() { } public IEnumerable<object> All => _clients.Values;")]
    public Task Not_offered_for(string what, string initializer, string members)
    {
        Assert.NotEmpty(what);
        return VerifyNotOfferedAsync(
            $$"""
            public sealed class Gateway
            {
                private readonly Dictionary<string, object> _clients {{initializer}}
                {{members}}
                public void Place() => ([|(IOrders)_clients["orders"]|]).Place();
                public void Again() => ((IOrders)_clients["orders"]).Place();
            }
            """,
            IntoField);
    }

    [Fact]
    public Task Not_offered_where_a_base_constructor_might_ask_first() => VerifyNotOfferedAsync(
        """
        public abstract class Base { protected Base() => Start(); protected abstract void Start(); }
        public sealed class Gateway : Base
        {
            private readonly Dictionary<string, object> _clients = new() { ["orders"] = new OrdersClient() };
            protected override void Start() => ([|(IOrders)_clients["orders"]|]).Place();
            public void Again() => ((IOrders)_clients["orders"]).Place();
        }
        """,
        IntoField);

    [Fact]
    public Task Not_offered_where_a_pattern_asks_whether() => VerifyNotOfferedAsync(
        """
        public sealed class Gateway
        {
            private readonly Dictionary<string, object> _clients = new() { ["orders"] = new OrdersClient() };
            public void Place() { if ([|_clients["orders"] is IOrders orders|]) orders.Place(); }
            public void Again() => ((IOrders)_clients["orders"]).Place();
        }
        """,
        IntoField);
}
