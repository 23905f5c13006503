using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LockFree;

/// <summary>
/// A sum that many threads change without meeting: each adds to the stripe of the processor it runs on. Exact when nobody writes.
/// </summary>
internal sealed class StripedCounter
{
    private static readonly int StripeCount = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount);

    // The first stripe is left unused: it shares its cache line with the array's header.
    private readonly Stripe[] _stripes = new Stripe[StripeCount + 1];

    /// <summary>The sum. While others write, an addition may be seen without an earlier one: never below zero here.</summary>
    public long Value
    {
        get
        {
            long sum = 0;
            for (int i = 1; i < _stripes.Length; i++)
                sum += Volatile.Read(ref _stripes[i].Value);
            return Math.Max(0, sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int delta) =>
        // Threads may change processors at any time, so the stripe is shared after all and needs an atomic addition.
        Interlocked.Add(ref _stripes[1 + (Thread.GetCurrentProcessorId() & (_stripes.Length - 2))].Value, delta);

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Stripe
    {
        [FieldOffset(0)]
        public long Value;
    }
}
