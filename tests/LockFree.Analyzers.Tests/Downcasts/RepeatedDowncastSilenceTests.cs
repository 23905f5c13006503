using static LockFree.Analyzers.Tests.Downcasts.RepeatedDowncastVerifier;

namespace LockFree.Analyzers.Tests.Downcasts;

/// <summary>What LF6001 must leave alone.</summary>
public sealed class RepeatedDowncastSilenceTests
{
    [Fact]
    public Task One_accessor_that_casts() => VerifyMembersAsync("""
        private IOrders Orders => (IOrders)_clients["orders"];
        public void Place() => Orders.Place();
        public void Again() => Orders.Place();
        """);

    [Fact]
    public Task A_cast_in_the_constructor_is_the_one_we_ask_for() => VerifyMembersAsync("""
        private readonly IOrders _orders;
        public Gateway() { _orders = (IOrders)_clients["orders"]; ((IOrders)_clients["orders"]).Place(); }
        public void Again() => ((IOrders)_clients["orders"]).Place();
        """);

    [Theory]
    [InlineData("var orders = (IOrders)_clients[\"orders\"]; try { orders.Place(); } finally { ((System.IDisposable)orders).Dispose(); }")]
    [InlineData("var orders = _clients[\"orders\"] as IOrders; orders!.Place(); (orders as System.IDisposable)?.Dispose();")]
    [InlineData("IOrders orders; orders = (IOrders)_clients[\"orders\"]; using ((System.IDisposable)orders) { orders.Place(); }")]
    public Task What_is_ended_where_it_was_got_is_not_shared(string body) => VerifyMembersAsync($$"""
        public void Place() { {{body}} }
        public void Again() => ((IOrders)_clients["orders"]).Place();
        """);

    [Fact]
    public Task Exclusive_branches() => VerifyMembersAsync("""
        public void IfElse(bool loud) { if (loud) ((IOrders)_clients["orders"]).Place(); else ((IOrders)_clients["orders"]).Place(); }
        """);

    [Fact]
    public Task An_early_return_before_the_second_cast() => VerifyMembersAsync("""
        public void Early(bool loud)
        {
            if (loud)
            {
                ((IBilling)_clients["billing"]).Charge();
                return;
            }

            ((IBilling)_clients["billing"]).Charge();
        }
        """);

    [Fact]
    public Task Exclusive_switch_arms() => VerifyMembersAsync("""
        public IOrders Choose(int n) => n switch { 0 => (IOrders)_clients["orders"], _ => (IOrders)_clients["orders"] };
        """);

    [Fact]
    public Task Same_named_locals_of_different_keys() => VerifyMembersAsync("""
        public void A() { object found = _clients["orders"]; ((IOrders)found).Place(); }
        public void B() { object found = _clients["billing"]; ((IBilling)found).Charge(); }
        """);

    [Fact]
    public Task A_local_that_is_reassigned() => VerifyMembersAsync("""
        public void A(object other) { object found = _clients["orders"]; found = other; ((IOrders)found).Place(); }
        public void B() => ((IOrders)_clients["orders"]).Place();
        """);

    [Fact]
    public Task One_lookup_whose_local_is_cast_twice() => VerifyMembersAsync("""
        public void Place() { object found = _clients["orders"]; ((IOrders)found).Place(); ((IOrders)found).Place(); }
        """);

    [Fact]
    public Task Keys_that_differ_from_call_to_call() => VerifyMembersAsync("""
        public void A(string name) => ((IOrders)_clients[name]).Place();
        public void B(string name) => ((IOrders)_clients[name]).Place();
        public void C() => ((IBilling)_clients["billing"]).Charge();
        """);

    [Fact]
    public Task A_comparison_with_an_enum_member_is_no_type_test() => VerifyAsync("""
        public sealed class Palette
        {
            private readonly Dictionary<string, object> _handlers = new();
            public bool A() => _handlers["colour"] is Colour.Red;
            public bool B() => _handlers["colour"] is Colour.Red;
        }
        """);

    [Fact]
    public Task A_conversion_the_user_defined() => VerifyAsync("""
        public sealed class Wrapper { public static explicit operator OrdersClient(Wrapper wrapper) => new(); }
        public interface IWrapped { }
        public sealed class Registry { public Wrapper Get(string name) => throw null!; }
        public sealed class Gateway(Registry registry)
        {
            public void A() => ((OrdersClient)registry.Get("orders")).Place();
            public void B() => ((OrdersClient)registry.Get("orders")).Place();
        }
        """);

    [Theory]
    [InlineData("_items")]
    [InlineData("_properties")]
    [InlineData("_environment")]
    [InlineData("_requestHeaders")]
    [InlineData("_contextData")]
    [InlineData("_row")]
    [InlineData("_clientCache")]
    public Task Property_bags_and_wire_data_by_name(string field) => VerifyAsync($$"""
        public sealed class Handler
        {
            private readonly Dictionary<string, object> {{field}} = new();
            public void A() => ((IOrders){{field}}["orders"]).Place();
            public void B() => ((IOrders){{field}}["orders"]).Place();
        }
        """);

    [Fact]
    public Task Values_of_mixed_data() => VerifyMembersAsync("""
        public int Port() => (int)_clients["port"];
        public void A() => ((IOrders)_clients["orders"]).Place();
        public void B() => ((IOrders)_clients["orders"]).Place();
        """);

    [Fact]
    public Task A_dictionary_of_unknown_origin_and_meaning() => VerifyAsync("""
        public sealed class Handler
        {
            private readonly IDictionary<string, object> _things;
            public Handler(IDictionary<string, object> things) => _things = things;
            public void A() => ((IOrders)_things["orders"]).Place();
            public void B() => ((IOrders)_things["orders"]).Place();
        }
        """);

    [Fact]
    public Task Another_objects_bag() => VerifyAsync("""
        public sealed class HttpContext { public IDictionary<object, object> Items { get; } = new Dictionary<object, object>(); }
        public sealed class Handler
        {
            public void A(HttpContext context) => ((IOrders)context.Items["orders"]).Place();
            public void B(HttpContext context) => ((IOrders)context.Items["orders"]).Place();
        }
        """);

    [Fact]
    public Task Another_instances_registry() => VerifyMembersAsync("""
        public void A(Gateway other) => ((IOrders)other._clients["orders"]).Place();
        public void B(Gateway other) => ((IOrders)other._clients["orders"]).Place();
        """);

    [Fact]
    public Task Homogeneous_values() => VerifyMembersAsync("""
        public void A() => ((IOrders)_clients["a"]).Place();
        public void B() { ((IOrders)_clients["b"]).Place(); ((IOrders)_clients["b"]).Place(); }
        """);

    [Fact]
    public Task Data_that_is_only_carried() => VerifyAsync("""
        public sealed class Address { public string Street { get; set; } = ""; public override string ToString() => Street; }
        public sealed class Handler
        {
            private readonly Dictionary<string, object> _parts = new();
            public string A() => ((Address)_parts["home"]).Street;
            public string B() => ((Address)_parts["home"]).Street;
        }
        """);

    [Fact]
    public Task Collections_and_records_in_a_store() => VerifyAsync("""
        public sealed class Handler
        {
            private readonly Dictionary<string, object> _parts = new();
            public int A() => ((List<int>)_parts["list"]).Count;
            public int B() => ((List<int>)_parts["list"]).Count;
            public int C() => ((Settings)_parts["settings"]).Port;
            public int D() => ((Settings)_parts["settings"]).Port;
        }
        """);

    [Fact]
    public Task An_entry_that_is_replaced_where_it_is_used() => VerifyMembersAsync("""
        public void A() { ((IOrders)_clients["orders"]).Place(); _clients["orders"] = new OrdersClient(); }
        public void B() => ((IOrders)_clients["orders"]).Place();
        """);

    [Fact]
    public Task An_entry_that_is_removed() => VerifyMembersAsync("""
        public void A() => ((IOrders)_clients["orders"]).Place();
        public void B() => ((IOrders)_clients["orders"]).Place();
        public void Leave() => _clients.Remove("orders");
        """);

    [Fact]
    public Task A_computed_property_may_answer_with_another_object() => VerifyAsync("""
        public sealed class Gateway
        {
            private Dictionary<string, object> Clients => new();
            public void A() => ((IOrders)Clients["orders"]).Place();
            public void B() => ((IOrders)Clients["orders"]).Place();
        }
        """);

    [Fact]
    public Task Generated_code() => VerifyAsync("""
        [System.CodeDom.Compiler.GeneratedCode("tool", "1")]
        public sealed class Gateway
        {
            private readonly Dictionary<string, object> _clients = new();
            public void A() => ((IOrders)_clients["orders"]).Place();
            public void B() => ((IOrders)_clients["orders"]).Place();
        }
        """);
}
