using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace LockFree;

/// <summary>
/// Hashes text with two random words, drawn for every map: who does not know them cannot choose keys that collide (hash flooding).
/// </summary>
/// <remarks>
/// Multiplies 64 by 64 bits and folds the 128-bit product, the step of wyhash and its relatives. Every factor that depends on the text is first
/// combined with a secret word, so no text can force a product of zero. Not a cryptographic hash.
/// </remarks>
internal readonly struct StringHash
{
    private const ulong LengthMultiplier = 0x9FB2_1C65_1E98_DF25;

    private readonly ulong _first;
    private readonly ulong _second;

    private StringHash(ulong first, ulong second) => (_first, _second) = (first, second);

    public static StringHash CreateRandom()
    {
        Span<ulong> words = stackalloc ulong[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(words));
        return new StringHash(words[0], words[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Of(ReadOnlySpan<char> text)
    {
        ref byte bytes = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text));
        nuint length = (nuint)(uint)text.Length * sizeof(char);
        ulong state = _second;
        ulong left;
        ulong right;
        if (length <= 16)
        {
            if (length >= 8)
            {
                left = Word(ref bytes, 0);
                right = Word(ref bytes, length - 8);
            }
            else if (length >= 4)
            {
                left = HalfWord(ref bytes, 0);
                right = HalfWord(ref bytes, length - 4);
            }
            else
            {
                left = length == 2 ? Unsafe.ReadUnaligned<ushort>(ref bytes) : 0UL;
                right = 0;
            }
        }
        else
        {
            nuint offset = 0;
            do
            {
                state = Fold(Word(ref bytes, offset) ^ _first, Word(ref bytes, offset + 8) ^ state);
                offset += 16;
            }
            while (offset + 16 < length);
            // The last sixteen bytes, which may overlap with those above.
            left = Word(ref bytes, length - 16);
            right = Word(ref bytes, length - 8);
        }
        return Fold(Fold(left ^ _first, right ^ state) ^ length, LengthMultiplier ^ _second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        // Two multiplications beside each other take less time than one that returns half of its product through memory.
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.MultiplyNoFlags(left, right) ^ (left * right);
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte bytes, nuint offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HalfWord(ref byte bytes, nuint offset) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, offset));
}
