namespace CacheOrleans.Breaker;

/// <summary>Tracks the silos that report to a coordinator, and what they reported.</summary>
internal sealed class Members
{
    /// <summary>How long a silo counts as live after its last report.</summary>
    private static readonly TimeSpan Recent = 2 * CircuitBreaker.Heartbeat;

    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, Member>> All =>
        _members.OrderBy(member => member.Key, StringComparer.Ordinal);

    /// <summary>When the latest reported failure happened, in this term or an earlier one.</summary>
    public TimeSpan? LastFailureAt { get; private set; }

    /// <summary>Records a report. Returns false if the same report or a later one has arrived before.</summary>
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

    /// <summary>Records a probe as a use of the store.</summary>
    public void OnProbed(string silo, TimeSpan now) => _members[silo].LastCallAt = now;

    /// <summary>Forgets all failures, because a new term begins.</summary>
    public void Forget()
    {
        foreach (var member in _members.Values)
        {
            member.Forget();
        }
    }

    /// <summary>Returns the silos that reported recently.</summary>
    public IReadOnlyCollection<string> Live(TimeSpan now) =>
        [.. _members.Where(member => now - member.Value.HeardAt <= Recent).Select(member => member.Key)];

    /// <summary>Counts the silos that used the store recently, and those too new to have done so.</summary>
    public int CountCallers(TimeSpan now) =>
        _members.Values.Count(member => HasCalled(member, now) || now - member.JoinedAt < Recent);

    /// <summary>Summarizes the evidence for opening the breaker.</summary>
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

    /// <summary>Whether a silo uses the store, or would use it if its local breaker allowed it.</summary>
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
