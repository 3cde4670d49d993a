using CacheOrleans.Storage;

namespace CacheOrleans.Entries;

/// <summary>The last changes of an entry that ended values, with their times by the owner's clock.</summary>
/// <remarks>Its owner serializes access.</remarks>
internal sealed class RecentEnds(TimeProvider time)
{
    /// <summary>The most changes that are remembered: more than a value that is worth caching has in the seconds in
    /// which a read is checked.</summary>
    private const int Capacity = 10;

    private readonly Queue<End> _ends = new(capacity: 1);

    /// <summary>Records that a change has ended all values below a stamp.</summary>
    /// <param name="stamp">The stamp.</param>
    /// <param name="valid">The stamp of the value that was valid until then; <see cref="Stamp.None"/>: it is not known,
    /// or it had ended before.</param>
    /// <param name="ago">How long ago the entry ended.</param>
    public void Add(Stamp stamp, Stamp valid, TimeSpan ago)
    {
        if (_ends.Count == Capacity)
        {
            _ends.Dequeue();
        }

        _ends.Enqueue(new(stamp, valid, time.GetTimestamp() - (long)(ago.TotalSeconds * time.TimestampFrequency)));
    }

    /// <summary>Returns when the value with a stamp ended; null if no remembered change has ended it.</summary>
    public StampCheck? Find(Stamp stamp)
    {
        foreach (var end in _ends)
        {
            if (end.Stamp > stamp)
            {
                var state = end.Valid == stamp ? StampState.Ended : StampState.EndedEarlier;
                return new(state, time.GetElapsedTime(end.At));
            }
        }

        return null;
    }

    private readonly record struct End(Stamp Stamp, Stamp Valid, long At);
}
