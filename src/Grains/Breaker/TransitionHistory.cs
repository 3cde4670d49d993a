using CacheOrleans.Breaker;

namespace CacheOrleans.Grains.Breaker;

/// <summary>The last transitions of a breaker.</summary>
/// <remarks>Its owner serialises access.</remarks>
internal sealed class TransitionHistory
{
    /// <summary>How many are kept; older ones give way.</summary>
    public const int Capacity = 100;

    private readonly Queue<TimedTransition> _transitions = new();

    /// <summary>What is kept, latest first.</summary>
    public IReadOnlyList<TimedTransition> Latest => [.. _transitions.Reverse()];

    /// <summary>Remembers a transition.</summary>
    public void Add(DateTimeOffset at, BreakerTransition transition)
    {
        if (_transitions.Count == Capacity)
        {
            _transitions.Dequeue();
        }

        _transitions.Enqueue(new TimedTransition(at, transition));
    }
}
