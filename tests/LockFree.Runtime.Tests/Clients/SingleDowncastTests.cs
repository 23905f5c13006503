using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace LockFree.Tests;

/// <summary>The hub's promise that a type is restored in one place, checked in the compiled code.</summary>
public sealed class SingleDowncastTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(opCode => (int)(ushort)opCode.Value);

    private static readonly Type[] TypesOfTheHub = [.. ((Type[])
        [
            typeof(ClientHub), typeof(ClientSlot), typeof(ClientSlot<>), typeof(ClientInfo), typeof(ClientKey), typeof(SlotKey),
            typeof(ClientNotInitializedException), typeof(Downcast), typeof(AsyncOnce<>), typeof(WaitNode),
        ]).SelectMany(WithNested)];

    [Fact]
    public void TheHubAndItsSlots_CastInOnePlaceOnly()
    {
        // Equals(object) of a value type asks what it is compared with; nobody who uses a client comes past there.
        var casts = TypesOfTheHub.SelectMany(CastsOf).Where(cast => !cast.Contains("Equals") && !cast.EndsWith("Exception", StringComparison.Ordinal));

        Assert.Equal(["Downcast.ToSlot casts to ClientSlot`1"], casts);
    }

    [Fact]
    public void NobodyElseInTheLibrary_RestoresAClientsType()
    {
        var casts = typeof(ClientHub).Assembly.GetTypes().Except(TypesOfTheHub).SelectMany(CastsOf);

        Assert.DoesNotContain(casts, cast => cast.Contains("Client", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AClient_IsAskedForItsTypeByNobody_HoweverOftenItIsUsed()
    {
        var castable = new CastCounter();
        var client = (ITestClient)(object)castable;
        Assert.Equal(1, castable.Casts);
        var hub = new ClientHub();
        var key = ClientKey.Global("test");
        hub.Register(key, client);
        var slot = hub.Slot<ITestClient>(key);

        for (var i = 0; i < 100; i++)
        {
            Assert.Same(client, slot.Value);
            Assert.Same(client, hub.Get<ITestClient>(key));
            Assert.True(slot.TryGet(out _));
            Assert.Same(client, await slot.WaitAsync());
            Assert.Same(client, await slot.GetOrInitAsync((_, _) => throw new InvalidOperationException("must not run")));
        }

        Assert.Equal(1, castable.Casts);

        // The counter counts: this is what a map of objects does on every use.
        for (var i = 0; i < 3; i++)
            _ = (ITestClient)(object)castable;

        Assert.Equal(4, castable.Casts);
    }

    [Fact]
    public void TheCheckItself_SeesCasts() =>
        Assert.Equal([typeof(string), typeof(Uri), typeof(int)], CastsIn(((Delegate)Casting).Method));

    private static (string, Uri?, int) Casting(object value) => ((string)value, value as Uri, (int)value);

    private static IEnumerable<string> CastsOf(Type type) =>
        type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
            .SelectMany(method => CastsIn(method).Select(target => $"{type.Name}.{method.Name} casts to {target.Name}"));

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

    /// <summary>An object that implements every interface it is cast to, and counts how often that happens.</summary>
    private sealed class CastCounter : IDynamicInterfaceCastable
    {
        public int Casts { get; private set; }

        public bool IsInterfaceImplemented(RuntimeTypeHandle interfaceType, bool throwIfNotImplemented)
        {
            Casts++;
            return true;
        }

        public RuntimeTypeHandle GetInterfaceImplementation(RuntimeTypeHandle interfaceType) => typeof(IImplementation).TypeHandle;

        [DynamicInterfaceCastableImplementation]
        private interface IImplementation : ITestClient
        {
            string ITestClient.Name => "castable";
        }
    }
}
