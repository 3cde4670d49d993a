using CacheOrleans.Storage;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>The operations that wait to be sent, at most one for each key. Versions go first, then removes, then
/// values, each in order of arrival.</summary>
/// <remarks>The owner serializes access. Values go last because losing a version or a remove does lasting harm: an old
/// value stays readable, whereas a lost value is merely loaded again.</remarks>
internal sealed class WaitingWrites(int capacity, int removeCapacity)
{
    private readonly Dictionary<string, LinkedListNode<QueuedWrite>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<QueuedWrite> _versions = [];
    private readonly LinkedList<QueuedWrite> _removes = [];
    private readonly LinkedList<QueuedWrite> _values = [];

    public int Count => _byKey.Count;

    public QueuedWrite? Find(string key) => _byKey.TryGetValue(key, out var node) ? node.Value : null;

    /// <summary>Adds an operation for a key that has none yet, even beyond the capacity.</summary>
    public void Add(QueuedWrite write) => _byKey.Add(write.Write.Key.Text, ListOf(write).AddLast(write));

    /// <summary>Takes the oldest value, if more values wait than the capacity allows.</summary>
    public QueuedWrite? TakeExcessValue() => _values.Count > capacity ? Take(_values.First!) : null;

    /// <summary>Takes all removes of the cache that has the most, if more removes wait than the capacity allows.
    /// </summary>
    public IReadOnlyList<QueuedWrite> TakeExcessRemoves()
    {
        if (_removes.Count <= removeCapacity)
        {
            return [];
        }

        var most = _removes.CountBy(write => write.Write.Key.Cache).MaxBy(cache => cache.Value).Key;
        return TakeWhere(write => write.IsTombstone && write.Write.Key.Cache == most);
    }

    /// <summary>Replaces the operation that waits for a key with a newer one.</summary>
    public void Replace(QueuedWrite waiting, StoreWrite newer)
    {
        var node = _byKey[newer.Key.Text];
        var was = ListOf(waiting);
        waiting.Replace(newer);
        var now = ListOf(waiting);
        if (now != was)
        {
            was.Remove(node);
            now.AddLast(node);
        }
    }

    /// <summary>Takes the next operation to be sent.</summary>
    public QueuedWrite? TakeNext() =>
        (_versions.First ?? _removes.First ?? _values.First) is { } node ? Take(node) : null;

    /// <summary>Removes a waiting operation.</summary>
    public void Remove(QueuedWrite waiting) => Take(_byKey[waiting.Write.Key.Text]);

    /// <summary>Takes every operation whose store lifetime has passed.</summary>
    public List<QueuedWrite> TakeExpired(DateTimeOffset now) => TakeWhere(write => write.Write.KeepUntil <= now);

    /// <summary>Returns every waiting operation, in the order of sending.</summary>
    public IEnumerable<QueuedWrite> All() => _versions.Concat(_removes).Concat(_values);

    public void Clear()
    {
        _byKey.Clear();
        _versions.Clear();
        _removes.Clear();
        _values.Clear();
    }

    private List<QueuedWrite> TakeWhere(Func<QueuedWrite, bool> isTaken)
    {
        List<QueuedWrite> taken = [.. All().Where(isTaken)];
        taken.ForEach(Remove);
        return taken;
    }

    private QueuedWrite Take(LinkedListNode<QueuedWrite> node)
    {
        node.List!.Remove(node);
        _byKey.Remove(node.Value.Write.Key.Text);
        return node.Value;
    }

    private LinkedList<QueuedWrite> ListOf(QueuedWrite write) =>
        !write.IsTombstone ? _values : write.Write.Key.IsVersion ? _versions : _removes;
}
