namespace CacheOrleans.Breaker;

/// <summary>The silos that report to a coordinator.</summary>
internal sealed class Members
{
    /// <summary>For how long a silo counts after its last sign.</summary>
    private static readonly TimeSpan Recent = 2 * CircuitBreaker.Heartbeat;

    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, Member>> All =>
        _members.OrderBy(member => member.Key, StringComparer.Ordinal);

    /// <summary>The latest failure told of, in this term or an earlier one.</summary>
    public TimeSpan? LastFailureAt { get; private set; }

    /// <summary>Takes a report; returns false when a later one has come before it, or the same.</summary>
    public bool Accept(TimeSpan now, BreakerReport report, long term, TimeSpan window)
    {
        Prune(now, window);
        if (!_members.TryGetValue(report.Silo, out var member))
        {
            _members.Add(report.Silo, member = new Member(now));
        }
        else if (report.Sequence <= member.Sequence)
        {
            return false;
        }

        member.Accept(now, report, term);
        foreach (var failure in report.Failures)
        {
            LastFailureAt = LastFailureAt is { } last && last > now - failure.Age ? last : now - failure.Age;
        }

        return true;
    }

    /// <summary>Whether a silo has reported.</summary>
    public bool Knows(string silo) => _members.ContainsKey(silo);

    /// <summary>Counts a probe as a use of the store.</summary>
    public void OnProbed(string silo, TimeSpan now) => _members[silo].LastCallAt = now;

    /// <summary>Begins a new term.</summary>
    public void Forget()
    {
        foreach (var member in _members.Values)
        {
            member.Forget();
        }
    }

    /// <summary>The silos heard of of late.</summary>
    public IReadOnlyCollection<string> Live(TimeSpan now) =>
        [.. _members.Where(member => now - member.Value.HeardAt <= Recent).Select(member => member.Key)];

    /// <summary>The silos that have used the store of late, or are too new to tell.</summary>
    public int CountCallers(TimeSpan now) =>
        _members.Values.Count(member => HasCalled(member, now) || now - member.JoinedAt < Recent);

    /// <summary>Gathers what speaks for opening.</summary>
    public Verdict Weigh(TimeSpan now, TimeSpan window)
    {
        var failures = 0;
        var silos = 0;
        var inARow = 0;
        var longest = 0;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var member in _members.Values)
        {
            var before = failures;
            foreach (var name in member.Recent(now, window))
            {
                names.Add(name);
                failures++;
            }

            if (failures > before && member.FailuresInARow > 0 && HasCalled(member, now))
            {
                silos++;
                inARow += member.FailuresInARow;
                longest = Math.Max(longest, member.FailuresInARow);
            }
        }

        return new Verdict(failures, names, silos, inARow - longest);
    }

    /// <summary>Whether it uses the store, or would if its own breaker let it.</summary>
    private static bool HasCalled(Member member, TimeSpan now) =>
        now - member.HeardAt <= Recent
        && (member.State != BreakerState.Closed || (member.LastCallAt is { } called && now - called <= Recent));

    private void Prune(TimeSpan now, TimeSpan window)
    {
        foreach (var (silo, member) in _members)
        {
            if (now - member.HeardAt > window + Recent)
            {
                _members.Remove(silo);
            }
        }
    }
}
