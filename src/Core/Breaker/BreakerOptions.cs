using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Breaker;

/// <summary>Options that decide when a circuit breaker opens, for how long, and how it closes again.</summary>
/// <remarks>The defaults are the preset <c>Cluster</c>; <see cref="Simple"/> is the other preset. Do not change an
/// instance after it was given to a breaker; make another one using <c>with</c>.</remarks>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerOptions")]
public sealed record BreakerOptions
{
    /// <summary>The configuration section from which these options are read.</summary>
    public const string SectionName = "Breaker";

    /// <summary>The preset <c>Simple</c>: no quorum, no probes, and a break that never grows.</summary>
    public static BreakerOptions Simple => new()
    {
        Quorum = 1,
        MaxConcurrentProbes = 0,
        BackoffMultiplier = 1,
        Jitter = 0,
    };

    /// <summary>How many failures within <see cref="SamplingDuration"/> open the breaker.</summary>
    /// <value>The default value is 11; 1 to 100.</value>
    [Id(0)]
    [Range(1, FailureRecord.Capacity)]
    public int FailureThreshold { get; set; } = 11;

    /// <summary>How long a failure counts; a failure that is exactly this old no longer counts.</summary>
    /// <value>The default value is 60 seconds; 100 milliseconds to 1 day.</value>
    [Id(1)]
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many caches the failures must come from, so that one bad key cannot open the breaker.</summary>
    /// <value>The default value is 2; 1 to 100.</value>
    [Id(2)]
    [Range(1, FailureRecord.Capacity)]
    public int MinimumCaches { get; set; } = 2;

    /// <summary>How many silos must be failing to open the breaker; all of them if fewer use the store.</summary>
    /// <value>The default value is 2; 1 to 1000.</value>
    [Id(3)]
    [Range(1, 1000)]
    public int Quorum { get; set; } = 2;

    /// <summary>How long the first break lasts, after the breaker has opened from the closed state.</summary>
    /// <value>The default value is 180 seconds; 1 millisecond or more.</value>
    [Id(4)]
    [Range(typeof(TimeSpan), "00:00:00.001", "10675199.02:48:05.4775807")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(180);

    /// <summary>The factor by which the break grows each time the breaker opens again without having closed.</summary>
    /// <value>The default value is 2; 1 to 100.</value>
    [Id(5)]
    [Range(1.0, 100.0)]
    public double BackoffMultiplier { get; set; } = 2;

    /// <summary>The longest break, to which repeated openings grow.</summary>
    /// <value>The default value is 30 minutes; at least <see cref="BreakDuration"/>.</value>
    [Id(6)]
    [Range(typeof(TimeSpan), "00:00:00.001", "10675199.02:48:05.4775807")]
    public TimeSpan MaxBreakDuration { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The largest fraction of a break by which it is lengthened or shortened at random.</summary>
    /// <value>The default value is 0.1; 0 to 0.5.</value>
    [Id(7)]
    [Range(0.0, 0.5)]
    public double Jitter { get; set; } = 0.1;

    /// <summary>How many probes may run at a time after the break; with 0, the breaker closes without probes.</summary>
    /// <value>The default value is 3; 0 to 100.</value>
    [Id(8)]
    [Range(0, 100)]
    public int MaxConcurrentProbes { get; set; } = 3;

    /// <summary>How long a silo may take for a probe before its permit expires and another silo may probe.</summary>
    /// <value>The default value is 5 seconds; 100 milliseconds to 1 hour.</value>
    [Id(9)]
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many probes must succeed to close the breaker.</summary>
    /// <value>The default value is 3; 1 to 100.</value>
    [Id(10)]
    [Range(1, 100)]
    public int ProbesToClose { get; set; } = 3;

    /// <summary>Returns the error messages by the name of the setting; empty if the settings are valid.</summary>
    public IReadOnlyDictionary<string, string> Check()
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), found, validateAllProperties: true);
        if (MaxBreakDuration < BreakDuration)
        {
            found.Add(new ValidationResult(
                $"{nameof(MaxBreakDuration)} ({MaxBreakDuration:c}) must be at least "
                    + $"{nameof(BreakDuration)} ({BreakDuration:c}).",
                [nameof(MaxBreakDuration)]));
        }

        return found
            .SelectMany(error => error.MemberNames.Select(name => (name, error.ErrorMessage)))
            .GroupBy(error => error.name, error => error.ErrorMessage!)
            .ToDictionary(error => error.Key, error => string.Join(' ', error));
    }
}
