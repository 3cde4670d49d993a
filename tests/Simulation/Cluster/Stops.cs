namespace CacheOrleans.Simulation.Cluster;

/// <summary>When silos stopped in order, and handed over what waited in them.</summary>
internal sealed class Stops
{
    /// <summary>How long it takes until a change that was handed over is seen: as long as the silos need to learn of
    /// the stop, and a call to the next owner.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private int _running;
    private TimeSpan _endedAt = TimeSpan.MinValue;

    /// <summary>When a silo last stopped and no other was there to take what waited in it.</summary>
    public TimeSpan LostAt { get; private set; } = TimeSpan.MinValue;

    public void Begin() => _running++;

    /// <summary>Records that a silo has stopped.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isLast">Whether no other silo stays.</param>
    public void End(TimeSpan now, bool isLast)
    {
        _running--;
        _endedAt = now;
        LostAt = isLast ? now : LostAt;
    }

    /// <summary>Whether a change may be on its way from a silo that stops to the next owner.</summary>
    public bool HandOver(TimeSpan now) => _running > 0 || (_endedAt >= TimeSpan.Zero && now < _endedAt + Settling);
}
