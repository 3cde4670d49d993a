using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Silo.Configuration;

/// <summary>How the silo watches its own row in the membership table.</summary>
public sealed class GuardSettings
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "MembershipGuard";

    /// <summary>The time between two checks; 10 ms to 10 minutes.</summary>
    /// <value>The default value is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many checks in a row must find the silo absent before it stops; 1 to 100.</summary>
    /// <value>The default value is 3.</value>
    [Range(1, 100)]
    public int Checks { get; set; } = 3;
}
