using System.Reflection;
using System.Reflection.Emit;

namespace LockFree.Tests.Collections;

/// <summary>Which methods the code of a type refers to, as its compiled form tells.</summary>
internal static class CalledMethods
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>The methods that a type's own methods and lambdas refer to, whatever type arguments they are called with.</summary>
    public static HashSet<(Module, int Token)> Of(params IEnumerable<Type> types) =>
        [.. types.SelectMany(MethodsOf).SelectMany(CallsOf).Select(KeyOf)];

    /// <summary>Names a method apart from its type arguments.</summary>
    public static (Module, int Token) KeyOf(MethodBase method) => (method.Module, method.MetadataToken);

    private static IEnumerable<MethodBase> MethodsOf(Type type) =>
        type.GetMembers(All).OfType<MethodBase>().Concat(type.GetNestedTypes(All).SelectMany(MethodsOf));

    private static IEnumerable<MethodBase> CallsOf(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            yield break;
        Type[] typeArguments = method.DeclaringType!.GetGenericArguments();
        Type[] methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int position = 0; position < code.Length;)
        {
            // 0xFE begins the instructions of two bytes.
            int value = code[position++];
            OpCode instruction = OpCodesByValue[value == 0xFE ? (value << 8) | code[position++] : value];
            if (instruction.OperandType == OperandType.InlineMethod)
                yield return method.Module.ResolveMethod(BitConverter.ToInt32(code, position), typeArguments, methodArguments)!;
            position += SizeOf(instruction.OperandType, code, position);
        }
    }

    private static int SizeOf(OperandType operand, byte[] code, int position) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, position)),
        _ => 4,
    };
}
