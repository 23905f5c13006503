using System.Reflection;
using System.Reflection.Emit;

namespace LockFree.Generators.Tests.Testing;

/// <summary>Reads the instructions of a compiled method.</summary>
internal static class IntermediateCode
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static List<OpCode> Read(MethodBase method) => [.. Instructions(method).Select(instruction => instruction.Code)];

    /// <summary>The types that the method casts to, tests for or unboxes.</summary>
    public static IEnumerable<Type> CastsOf(MethodBase method) => Instructions(method)
        .Where(instruction => IsCast(instruction.Code))
        .Select(instruction => method.Module.ResolveType(instruction.Operand, TypeArgumentsOf(method), MethodArgumentsOf(method)));

    /// <summary>The methods that the method calls.</summary>
    public static IEnumerable<MethodBase> CallsOf(MethodBase method) => Instructions(method)
        .Where(instruction => instruction.Code.OperandType == OperandType.InlineMethod)
        .Select(instruction => method.Module.ResolveMethod(instruction.Operand, TypeArgumentsOf(method), MethodArgumentsOf(method))!);

    private static bool IsCast(OpCode code) =>
        code == OpCodes.Castclass || code == OpCodes.Isinst || code == OpCodes.Unbox || code == OpCodes.Unbox_Any;

    private static Type[]? TypeArgumentsOf(MethodBase method) =>
        method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;

    private static Type[]? MethodArgumentsOf(MethodBase method) => method.IsGenericMethodDefinition ? method.GetGenericArguments() : null;

    // Each with its operand where that is a token: what else it may be, nobody asks for.
    private static IEnumerable<(OpCode Code, int Operand)> Instructions(MethodBase method)
    {
        byte[] bytes = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        int position = 0;
        while (position < bytes.Length)
        {
            // Two bytes where the first one is the prefix of the second table.
            short value = bytes[position] == 0xFE ? (short)(0xFE00 | bytes[position + 1]) : bytes[position];
            OpCode code = OpCodesByValue[value];
            position += code.Size;
            int size = OperandSize(code, bytes, position);
            yield return (code, size == 4 ? BitConverter.ToInt32(bytes, position) : 0);
            position += size;
        }
    }

    private static int OperandSize(OpCode code, byte[] bytes, int position) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(bytes, position)),
        _ => 4,
    };
}
