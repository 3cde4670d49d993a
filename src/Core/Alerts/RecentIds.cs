namespace CacheOrleans.Alerts;

/// <summary>Remembers the ids that were seen most recently, so that a repeated report announces nothing
/// twice.</summary>
/// <remarks>Its owner serializes access.</remarks>
internal sealed class RecentIds
{
    /// <summary>How many ids are kept; this is enough because a silo repeats a report within seconds.</summary>
    private const int Capacity = 1000;

    private readonly HashSet<Guid> _ids = [];
    private readonly Queue<Guid> _order = new();

    /// <summary>Returns whether an id is new, and remembers it.</summary>
    public bool Add(Guid id)
    {
        if (!_ids.Add(id))
        {
            return false;
        }

        _order.Enqueue(id);
        if (_order.Count > Capacity)
        {
            _ids.Remove(_order.Dequeue());
        }

        return true;
    }
}
