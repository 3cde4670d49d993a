namespace CacheOrleans.Grains.Coordination;

/// <summary>The last events of a coordinator.</summary>
/// <remarks>Its owner serializes access.</remarks>
internal sealed class History<T>
{
    /// <summary>The most events that are kept; the oldest is dropped first.</summary>
    public const int Capacity = 100;

    private readonly Queue<T> _events = new();

    /// <summary>The kept events, latest first.</summary>
    public IReadOnlyList<T> Latest => [.. _events.Reverse()];

    /// <summary>Adds an event.</summary>
    public void Add(T item)
    {
        if (_events.Count == Capacity)
        {
            _events.Dequeue();
        }

        _events.Enqueue(item);
    }
}
