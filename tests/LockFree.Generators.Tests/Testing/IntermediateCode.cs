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

    public static List<OpCode> Read(MethodBase method)
    {
        var codes = new List<OpCode>();
        byte[] bytes = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        int position = 0;
        while (position < bytes.Length)
        {
            // Two bytes where the first one is the prefix of the second table.
            short value = bytes[position] == 0xFE ? (short)(0xFE00 | bytes[position + 1]) : bytes[position];
            OpCode code = OpCodesByValue[value];
            codes.Add(code);
            position += code.Size;
            position += OperandSize(code, bytes, position);
        }

        return codes;
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
