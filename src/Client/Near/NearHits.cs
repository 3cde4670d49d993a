using System.Numerics;
using System.Runtime.CompilerServices;
using CacheOrleans.Client.Coherence;

namespace CacheOrleans.Client.Near;

/// <summary>Counts hits, and selects those that are sampled, in several counters that threads rarely share, because a
/// counter that all threads write to costs more than the hit itself.</summary>
/// <remarks>Thread-safe, and approximate: two threads that increment the same counter at the same time may count only
/// one hit. The count at which the next hit is sampled is beside the counter: comparing the two costs a hit no other
/// cache line.</remarks>
internal sealed class NearHits
{
    /// <summary>The distance between two counters: two cache lines, because processors fetch cache lines in
    /// pairs.</summary>
    private const int Stride = 128 / sizeof(long);

    private static readonly int Slots = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 4);

    private readonly long[] _counts = new long[(Slots + 1) * Stride]; // index 0 shares a line with the array's length
    private readonly SampleGaps _gaps;

    public NearHits(SampleGaps gaps)
    {
        _gaps = gaps;
        for (var slot = 1; slot <= Slots; slot++)
        {
            _counts[(slot * Stride) + 1] = gaps.Next();
        }
    }

    /// <summary>The number of hits.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            for (var slot = 1; slot <= Slots; slot++)
            {
                count += Volatile.Read(ref _counts[slot * Stride]);
            }

            return count;
        }
    }

    private static int Own => ((Environment.CurrentManagedThreadId & (Slots - 1)) + 1) * Stride;

    /// <summary>Counts one hit.</summary>
    /// <returns>Whether it is to be sampled.</returns>
    public bool Add()
    {
        ref var count = ref _counts[Own];
        return ++count >= Unsafe.Add(ref count, 1); // the next element always exists
    }

    /// <summary>Called after a hit that was to be sampled: selects the next one.</summary>
    public void OnSampled()
    {
        var own = Own;
        _counts[own + 1] = _counts[own] + _gaps.Next();
    }
}
