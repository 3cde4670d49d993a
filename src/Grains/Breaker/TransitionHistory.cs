using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>The last transitions of a breaker.</summary>
/// <remarks>Its owner serializes access.</remarks>
internal sealed class TransitionHistory
{
    /// <summary>The most transitions that are kept; the oldest is dropped first.</summary>
    public const int Capacity = 100;

    private readonly Queue<TimedTransition> _transitions = new();

    /// <summary>The kept transitions, latest first.</summary>
    public IReadOnlyList<TimedTransition> Latest => [.. _transitions.Reverse()];

    /// <summary>Adds a transition.</summary>
    public void Add(DateTimeOffset at, BreakerTransition transition)
    {
        if (_transitions.Count == Capacity)
        {
            _transitions.Dequeue();
        }

        _transitions.Enqueue(new TimedTransition(at, transition));
    }
}
