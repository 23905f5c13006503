using static LockFree.CodeFixes.Tests.Downcasts.RepeatedDowncastFixVerifier;

namespace LockFree.CodeFixes.Tests.Downcasts;

/// <summary>LF6001's second fix: a local, where one body casts several times and the registry cannot change in between.</summary>
public sealed class TypedLocalRewriteTests
{
    private const string Registry = "private readonly Dictionary<string, object> _clients = Registrations.Load();";
    private const string Load = """


        public static class Registrations { public static Dictionary<string, object> Load() => new(); }
        """;

    private static string Gateway(string members) => $$"""
        public sealed class ClientGateway
        {
            {{Registry}}

            {{members.Replace("\n", "\n    ")}}
        }
        """ + Load;

    [Fact]
    public Task A_new_local_before_the_first_use() => VerifyFixAsync(
        Gateway("""
            public void Place()
            {
                // Twice, to be sure.
                ([|(IOrders)_clients["orders"]|]).Place();
                if (DateTime.Now.Hour > 12)
                    ((IOrders)_clients["orders"]).Place();
            }
            """),
        Gateway("""
            public void Place()
            {
                // Twice, to be sure.
                var orders = (IOrders)_clients["orders"];
                orders.Place();
                if (DateTime.Now.Hour > 12)
                    orders.Place();
            }
            """),
        IntoLocal);

    [Fact]
    public Task A_local_that_is_there_already() => VerifyFixAsync(
        Gateway("""
            public int Place()
            {
                var client = [|(IOrders)_clients["orders"]|];
                client.Place();
                return ((IOrders)_clients["orders"]).Count;
            }
            """),
        Gateway("""
            public int Place()
            {
                var client = (IOrders)_clients["orders"];
                client.Place();
                return client.Count;
            }
            """),
        IntoLocal);

    [Fact]
    public Task A_name_that_is_taken_is_not_taken_again() => VerifyFixAsync(
        Gateway("""
            public void Place(int orders)
            {
                ([|(IOrders)_clients["orders"]|]).Place();
                ((IOrders)_clients["orders"]).Place();
            }
            """),
        Gateway("""
            public void Place(int orders)
            {
                var orders2 = (IOrders)_clients["orders"];
                orders2.Place();
                orders2.Place();
            }
            """),
        IntoLocal);

    [Theory]
    [InlineData("a cast that comes after another effect", """Console.WriteLine(Next(), [|(IOrders)_clients["orders"]|]); ((IOrders)_clients["orders"]).Place();""")]
    [InlineData("a first cast on one way only", """if (Next() == "") { ([|(IOrders)_clients["orders"]|]).Place(); } ((IOrders)_clients["orders"]).Place();""")]
    [InlineData("a cast in a lambda", """([|(IOrders)_clients["orders"]|]).Place(); Action later = () => ((IOrders)_clients["orders"]).Place(); later();""")]
    [InlineData("a test, then a cast", """([|_clients["orders"] as IOrders|])?.Place(); ((IOrders)_clients["orders"]).Place();""")]
    [InlineData("a comment inside the cast", """([|(IOrders)/* sure */_clients["orders"]|]).Place(); ((IOrders)_clients["orders"]).Place();""")]
    public Task Not_offered_for(string what, string body)
    {
        Assert.NotEmpty(what);
        return VerifyNotOfferedAsync(Gateway($"static string Next() => \"\"; public void Place() {{ {body} }}"), IntoLocal);
    }

    [Fact]
    public Task Not_offered_where_the_registry_may_change_in_between() => VerifyNotOfferedAsync(
        Gateway("""
            public void Register(string name, object client) => _clients[name] = client;
            public void Place()
            {
                ([|(IOrders)_clients["orders"]|]).Place();
                ((IOrders)_clients["orders"]).Place();
            }
            """),
        IntoLocal);

    [Fact]
    public Task Not_offered_where_directives_stand_in_between() => VerifyNotOfferedAsync(
        Gateway("""
            public void Place()
            {
                ([|(IOrders)_clients["orders"]|]).Place();
            #if DEBUG
                Console.WriteLine();
            #endif
                ((IOrders)_clients["orders"]).Place();
            }
            """),
        IntoLocal);

    [Fact]
    public Task A_local_that_is_assigned_again_is_no_stand_in() => VerifyFixAsync(
        Gateway("""
            public void Place(IOrders other)
            {
                IOrders client = [|(IOrders)_clients["orders"]|];
                client.Place();
                client = other;
                ((IOrders)_clients["orders"]).Place();
            }
            """),
        Gateway("""
            public void Place(IOrders other)
            {
                var orders = (IOrders)_clients["orders"];
                IOrders client = orders;
                client.Place();
                client = other;
                orders.Place();
            }
            """),
        IntoLocal);
}
