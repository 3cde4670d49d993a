namespace CacheOrleans.Client.Reads;

/// <summary>How a value is read.</summary>
/// <param name="Demand">How far to go for it.</param>
/// <param name="NearLease">How long a copy may be kept; zero: none.</param>
/// <param name="FallbackTimeout">How long the fallback may take.</param>
/// <param name="TimeToLive">How long what the fallback loads lives, if the caller says so.</param>
/// <param name="Tags">The tags of what the fallback loads; null: none.</param>
/// <param name="EndsWithCallers">Whether the fallback is cancelled when all callers have given up; else when the client
/// is disposed or its time is over.</param>
/// <param name="Renews">Whether what there is already is not good enough, with
/// <see cref="EntryDemand.Leased"/>.</param>
/// <param name="IsEssential">Whether it is an error when the cluster cannot be reached; else there is no value, with
/// <see cref="EntryDemand.Stored"/>.</param>
internal readonly record struct ReadOptions(
    EntryDemand Demand,
    TimeSpan NearLease,
    TimeSpan FallbackTimeout = default,
    TimeSpan? TimeToLive = null,
    string[]? Tags = null,
    bool EndsWithCallers = false,
    bool Renews = false,
    bool IsEssential = false)
{
    /// <summary>Whether the process is told of changes while it reads.</summary>
    public bool IsTold => NearLease > TimeSpan.Zero;
}
