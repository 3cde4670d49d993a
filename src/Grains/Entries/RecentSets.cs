namespace CacheOrleans.Grains.Entries;

/// <summary>The last sets of an entry, so that one whose call is repeated is not carried out again.</summary>
/// <remarks>A client repeats a set that got no answer. A silo that was frozen with the first call may send that on when
/// it continues: carried out again, it would undo what has changed since.</remarks>
internal sealed class RecentSets
{
    private const int Capacity = 4;

    private readonly Queue<(Guid Id, Task<WriteOutcome> Outcome)> _sets = new(Capacity);

    /// <summary>Carries a set out, unless it was before: then its outcome is returned again.</summary>
    /// <param name="id">Identifies the set; empty: it is not repeated.</param>
    /// <param name="set">Carries it out.</param>
    public Task<WriteOutcome> OnceAsync(Guid id, Func<Task<WriteOutcome>> set)
    {
        if (id == default)
        {
            return set();
        }

        foreach (var (known, earlier) in _sets)
        {
            if (known == id && !earlier.IsFaulted && !earlier.IsCanceled)
            {
                return earlier;
            }
        }

        if (_sets.Count == Capacity)
        {
            _sets.Dequeue();
        }

        var outcome = set();
        _sets.Enqueue((id, outcome));
        return outcome;
    }
}
