using System.Reflection;
using System.Text.RegularExpressions;

namespace LockFree.Tests;

/// <summary>docs/runtime/sharded-map.md leaves no member out.</summary>
public sealed class ShardedMapDocumentTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RuntimeDocumentTests.Folder, "sharded-map.md"));

    [Theory]
    [InlineData(typeof(ShardedMap<,>))]
    [InlineData(typeof(ShardedMap<,>.AlternateLookup<>))]
    [InlineData(typeof(ShardedSet<>))]
    [InlineData(typeof(MapEntry<>))]
    public void EveryPublicMemberIsNamed(Type type)
    {
        var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo { Name: not "Item" } or MethodInfo { IsSpecialName: false, Name: not "GetEnumerator" })
            .Select(member => member.Name)
            .Distinct();

        Assert.DoesNotContain(members, name => !Regex.IsMatch(Page, $@"`[^`\n]*\b{name}\b[^`\n]*`"));
    }
}
