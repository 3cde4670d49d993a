namespace CacheOrleans.Client.Flights;

/// <summary>How a value is read.</summary>
/// <param name="Demand">How far to go for it.</param>
/// <param name="NearLease">How long a copy may be kept; zero: none.</param>
/// <param name="TimeToLive">How long what the fallback loads lives, if the caller says so.</param>
/// <param name="Tags">The tags of what the fallback loads; null: none.</param>
internal readonly record struct ReadTerms(
    EntryDemand Demand, TimeSpan NearLease, TimeSpan? TimeToLive = null, string[]? Tags = null);
