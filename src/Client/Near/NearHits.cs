using System.Numerics;

namespace CacheOrleans.Client.Near;

/// <summary>Counts hits in places that threads seldom share, for one that all write to costs more than the hit.
/// </summary>
/// <remarks>Thread-safe, and about right: two threads that count in one place at the same time may count
/// once.</remarks>
internal sealed class NearHits
{
    /// <summary>What lies between two places: two cache lines, for processors fetch them in pairs.</summary>
    private const int Width = 128 / sizeof(long);

    private static readonly int Places = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 4);

    private readonly long[] _counts = new long[(Places + 1) * Width]; // the first would share a line with the length

    /// <summary>How many there were.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            for (var place = 1; place <= Places; place++)
            {
                count += Volatile.Read(ref _counts[place * Width]);
            }

            return count;
        }
    }

    /// <summary>Counts one.</summary>
    public void Add() => _counts[((Environment.CurrentManagedThreadId & (Places - 1)) + 1) * Width]++;
}
