using System.Reflection;
using System.Reflection.Emit;

namespace LockFree.Tests;

/// <summary>The hub's promise that a type is restored in one place, checked in the compiled code.</summary>
public sealed class SingleDowncastTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(opCode => (int)(ushort)opCode.Value);

    [Fact]
    public void TheHubAndItsSlots_CastInOnePlaceOnly()
    {
        var casts = WithNested(typeof(ClientHub)).Concat(WithNested(typeof(ClientSlot<>))).Concat(WithNested(typeof(AsyncOnce<>)))
            .SelectMany(type => type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
            .SelectMany(method => CastsIn(method).Select(target => $"{method.Name} casts to {target.Name}"))
            .Where(cast => !cast.EndsWith("Exception", StringComparison.Ordinal));

        Assert.Equal(["Typed casts to ClientSlot`1"], casts);
    }

    [Fact]
    public void TheCheckItself_SeesCasts() =>
        Assert.Equal([typeof(string), typeof(Uri), typeof(int)], CastsIn(((Delegate)Casting).Method));

    private static (string, Uri?, int) Casting(object value) => ((string)value, value as Uri, (int)value);

    private static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(Declared).SelectMany(WithNested).Prepend(type);

    private static IEnumerable<Type> CastsIn(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var position = 0;
        while (position < code.Length)
        {
            int value = code[position++];
            if (value == 0xFE)
                value = 0xFE00 | code[position++];

            var opCode = OpCodesByValue[value];
            if (opCode == OpCodes.Castclass || opCode == OpCodes.Isinst || opCode == OpCodes.Unbox_Any)
            {
                yield return method.Module.ResolveType(
                    BitConverter.ToInt32(code, position),
                    method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
                    method.IsGenericMethodDefinition ? method.GetGenericArguments() : null);
            }

            position += OperandSize(opCode, code, position);
        }
    }

    private static int OperandSize(OpCode opCode, byte[] code, int position) => opCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, position)),
        _ => 4,
    };
}
