using System.Reflection;
using LockFree.Tests.Collections.Histories;

namespace LockFree.Tests.Collections;

/// <summary>The tests that claim to go through all members of the map do: whoever adds one is told to add its calls.</summary>
public class CalledMembersTests
{
    [Fact]
    public void Histories_go_through_every_member_that_concerns_one_key()
    {
        // Short forms, which do nothing but call the longer ones.
        string[] forwarding =
        [
            "TValue GetOrAddOnce(TKey, System.Func`2[TKey,TValue])",
            "TValue GetOrAddOnce(TKey, System.Func`2[TKey,TValue], Boolean ByRef)",
            "TValue GetOrAddOnce[TArg](TKey, System.Func`3[TKey,TArg,TValue], TArg)",
            "TValue GetValueOrDefault(TKey)",
        ];
        Type key = typeof(ShardedMap<,>).GetGenericArguments()[0];
        IEnumerable<MethodInfo> members = PublicMethodsOf(typeof(ShardedMap<,>))
            .Where(method => method.GetParameters() is [{ ParameterType: var type }, ..] && (type == key || IsPairOf(type, key)));
        Assert.Equal(forwarding, MissingFrom(members, typeof(MapCalls<,>), typeof(AsyncCalls<,>)));
    }

    [Fact]
    public void Histories_go_through_every_member_of_an_alternate_lookup()
    {
        Type lookup = typeof(ShardedMap<,>).GetNestedTypes().Single(type => type.Name.StartsWith("AlternateLookup", StringComparison.Ordinal));
        // What is called calls the longer forms.
        string[] called =
        [
            "Boolean TryGetValue(TAlternate, TKey ByRef, TValue ByRef)",
            "Boolean TryRemove(TAlternate, TKey ByRef, TValue ByRef)",
            "LockFree.ShardedMap`2[TKey,TValue] get_Map()",
            "TValue get_Item(TAlternate)",
        ];
        Assert.Equal(called, MissingFrom(PublicMethodsOf(lookup), typeof(AlternateCalls<,>)));
    }

    [Fact]
    public void The_model_has_every_member()
    {
        // Called through interfaces, or with tests of their own.
        string[] elsewhere = ["get_Comparer", "GetAlternateLookup", "GetEnumerator", "TryGetAlternateLookup"];
        IEnumerable<MethodInfo> members = PublicMethodsOf(typeof(ShardedMap<,>)).Where(method => !elsewhere.Contains(method.Name));
        Assert.Empty(MissingFrom(members, typeof(MapUnderTest<,>)));
    }

    private static IEnumerable<MethodInfo> PublicMethodsOf(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static bool IsPairOf(Type type, Type key) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) && type.GetGenericArguments()[0] == key;

    private static string[] MissingFrom(IEnumerable<MethodInfo> members, params Type[] callers)
    {
        HashSet<(Module, int)> called = CalledMethods.Of(callers);
        return [.. members.Where(member => !called.Contains(CalledMethods.KeyOf(member))).Select(member => $"{member}").Order(StringComparer.Ordinal)];
    }
}
