namespace CacheOrleans.Settings;

/// <summary>The configuration section <c>Orleans</c>, which Orleans itself reads too.</summary>
public static class OrleansSection
{
    /// <summary>The names in the section that Orleans reads.</summary>
    public static IReadOnlyList<string> NamesOfOrleans { get; } =
    [
        "Name", "Endpoints", "Clustering", "GrainDirectory", "GrainStorage", "Reminders", "Streaming",
        "BroadcastChannel", "Dashboard", "EnableDistributedTracing",
    ];
}
