using CacheOrleans.Storage;

namespace CacheOrleans.Redis.WriteBehind;

/// <summary>The operations that wait to be sent: at most one for a key, removes before values, each in order of
/// arrival.</summary>
/// <remarks>The owner serialises access. Removes go first because only they can be wrong for long when lost: an old
/// value stays readable, where a lost value is merely loaded again.</remarks>
internal sealed class WaitingWrites(int capacity)
{
    private readonly Dictionary<string, LinkedListNode<QueuedWrite>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<QueuedWrite> _removes = [];
    private readonly LinkedList<QueuedWrite> _values = [];

    public int Count => _byKey.Count;

    public QueuedWrite? Find(string key) => _byKey.TryGetValue(key, out var node) ? node.Value : null;

    /// <summary>Adds an operation whose key has none yet. Returns the one that must go for it, which may be itself.
    /// </summary>
    public QueuedWrite? Add(QueuedWrite write)
    {
        Put(write);
        return _byKey.Count > capacity && _values.First is { } oldest ? Take(oldest) : null;
    }

    /// <summary>Adds an operation whose key has none yet, whether there is room or not.</summary>
    public void Put(QueuedWrite write) => _byKey.Add(write.Write.Key.Text, ListOf(write).AddLast(write));

    /// <summary>Puts a newer operation in the place of the one that waits for its key.</summary>
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
    public QueuedWrite? TakeNext() => (_removes.First ?? _values.First) is { } node ? Take(node) : null;

    /// <summary>Takes a waiting operation out.</summary>
    public void Remove(QueuedWrite waiting) => Take(_byKey[waiting.Write.Key.Text]);

    /// <summary>Takes every operation whose time to be kept is over.</summary>
    public List<QueuedWrite> TakeExpired(DateTimeOffset now)
    {
        List<QueuedWrite> expired = [];
        foreach (var node in Nodes())
        {
            if (node.Value.Write.KeepUntil <= now)
            {
                expired.Add(Take(node));
            }
        }

        return expired;
    }

    /// <summary>Every operation that waits.</summary>
    public IEnumerable<QueuedWrite> All() => _removes.Concat(_values);

    public void Clear()
    {
        _byKey.Clear();
        _removes.Clear();
        _values.Clear();
    }

    private IEnumerable<LinkedListNode<QueuedWrite>> Nodes()
    {
        foreach (var list in (LinkedList<QueuedWrite>[])[_removes, _values])
        {
            for (var node = list.First; node is not null;)
            {
                var next = node.Next;
                yield return node;
                node = next;
            }
        }
    }

    private QueuedWrite Take(LinkedListNode<QueuedWrite> node)
    {
        node.List!.Remove(node);
        _byKey.Remove(node.Value.Write.Key.Text);
        return node.Value;
    }

    private LinkedList<QueuedWrite> ListOf(QueuedWrite write) => write.IsTombstone ? _removes : _values;
}
