using System.ComponentModel.DataAnnotations;

namespace CacheOrleans.Breaker;

/// <summary>When a circuit breaker opens, for how long, and how it closes again.</summary>
/// <remarks>The defaults are the preset <c>Cluster</c>; <see cref="Simple"/> is the other. Once handed to a breaker it is
/// not changed; <c>with</c> makes another.</remarks>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerOptions")]
public sealed record BreakerOptions
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "Breaker";

    /// <summary>A simple breaker: no quorum, no probes, a break that never grows.</summary>
    public static BreakerOptions Simple => new() { Quorum = 1, MaxConcurrentProbes = 0, BackoffMultiplier = 1, Jitter = 0 };

    /// <summary>How many failures within <see cref="SamplingDuration"/> open the breaker.</summary>
    /// <value>The default value is 11; 1 to 100.</value>
    [Id(0)]
    [Range(1, FailureRecord.Capacity)]
    public int FailureThreshold { get; set; } = 11;

    /// <summary>How long a failure counts; one exactly as old counts no more.</summary>
    /// <value>The default value is 60 seconds; 100 milliseconds to 1 day.</value>
    [Id(1)]
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many caches the failures must come from, so that one bad key cannot open it.</summary>
    /// <value>The default value is 2; 1 to 100.</value>
    [Id(2)]
    [Range(1, FailureRecord.Capacity)]
    public int MinimumCaches { get; set; } = 2;

    /// <summary>How many silos must be failing, or all that use the store where these are fewer.</summary>
    /// <value>The default value is 2; 1 to 1000.</value>
    [Id(3)]
    [Range(1, 1000)]
    public int Quorum { get; set; } = 2;

    /// <summary>How long it stays open at first.</summary>
    /// <value>The default value is 180 seconds; 1 millisecond or more.</value>
    [Id(4)]
    [Range(typeof(TimeSpan), "00:00:00.001", "10675199.02:48:05.4775807")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(180);

    /// <summary>By what the break is multiplied each time it opens again without having closed.</summary>
    /// <value>The default value is 2; 1 to 100.</value>
    [Id(5)]
    [Range(1.0, 100.0)]
    public double BackoffMultiplier { get; set; } = 2;

    /// <summary>The longest the break grows to.</summary>
    /// <value>The default value is 30 minutes; no less than <see cref="BreakDuration"/>.</value>
    [Id(6)]
    [Range(typeof(TimeSpan), "00:00:00.001", "10675199.02:48:05.4775807")]
    public TimeSpan MaxBreakDuration { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>By what part of itself a break is made longer or shorter at random.</summary>
    /// <value>The default value is 0.1; 0 to 0.5.</value>
    [Id(7)]
    [Range(0.0, 0.5)]
    public double Jitter { get; set; } = 0.1;

    /// <summary>How many probes may try the store at a time once the break has ended; with 0 it closes then.</summary>
    /// <value>The default value is 3; 0 to 100.</value>
    [Id(8)]
    [Range(0, 100)]
    public int MaxConcurrentProbes { get; set; } = 3;

    /// <summary>How long a silo may take for a probe before its permit goes to another.</summary>
    /// <value>The default value is 5 seconds; 100 milliseconds to 1 hour.</value>
    [Id(9)]
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many probes must succeed for it to close.</summary>
    /// <value>The default value is 3; 1 to 100.</value>
    [Id(10)]
    [Range(1, 100)]
    public int ProbesToClose { get; set; } = 3;

    /// <summary>Returns what is wrong, by the names of the settings; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string> Check()
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), found, validateAllProperties: true);
        if (MaxBreakDuration < BreakDuration)
        {
            found.Add(new ValidationResult(
                $"{nameof(MaxBreakDuration)} ({MaxBreakDuration:c}) must be no less than {nameof(BreakDuration)} ({BreakDuration:c}).",
                [nameof(MaxBreakDuration)]));
        }

        return found
            .SelectMany(error => error.MemberNames.Select(name => (name, error.ErrorMessage)))
            .GroupBy(error => error.name, error => error.ErrorMessage!)
            .ToDictionary(error => error.Key, error => string.Join(' ', error));
    }
}
