using System.Numerics;

namespace CacheOrleans.Client.Near;

/// <summary>Counts hits in several counters that threads rarely share, because a counter that all threads write to
/// costs more than the hit itself.</summary>
/// <remarks>Thread-safe, and approximate: two threads that increment the same counter at the same time may count only
/// one hit.</remarks>
internal sealed class NearHits
{
    /// <summary>The distance between two counters: two cache lines, because processors fetch cache lines in
    /// pairs.</summary>
    private const int Stride = 128 / sizeof(long);

    private static readonly int Slots = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 4);

    private readonly long[] _counts = new long[(Slots + 1) * Stride]; // index 0 shares a line with the array's length

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

    /// <summary>Counts one hit.</summary>
    public void Add() => _counts[((Environment.CurrentManagedThreadId & (Slots - 1)) + 1) * Stride]++;
}
