namespace CacheOrleans.Breaker;

/// <summary>A change of some of a breaker's settings; a setting that is null here keeps its value.</summary>
/// <remarks>Each setting is described at <see cref="BreakerOptions"/>.</remarks>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerChange")]
public sealed record BreakerChange
{
    /// <inheritdoc cref="BreakerOptions.FailureThreshold" />
    [Id(0)]
    public int? FailureThreshold { get; init; }

    /// <inheritdoc cref="BreakerOptions.SamplingDuration" />
    [Id(1)]
    public TimeSpan? SamplingDuration { get; init; }

    /// <inheritdoc cref="BreakerOptions.MinimumCaches" />
    [Id(2)]
    public int? MinimumCaches { get; init; }

    /// <inheritdoc cref="BreakerOptions.Quorum" />
    [Id(3)]
    public int? Quorum { get; init; }

    /// <inheritdoc cref="BreakerOptions.BreakDuration" />
    [Id(4)]
    public TimeSpan? BreakDuration { get; init; }

    /// <inheritdoc cref="BreakerOptions.BackoffMultiplier" />
    [Id(5)]
    public double? BackoffMultiplier { get; init; }

    /// <inheritdoc cref="BreakerOptions.MaxBreakDuration" />
    [Id(6)]
    public TimeSpan? MaxBreakDuration { get; init; }

    /// <inheritdoc cref="BreakerOptions.Jitter" />
    [Id(7)]
    public double? Jitter { get; init; }

    /// <inheritdoc cref="BreakerOptions.MaxConcurrentProbes" />
    [Id(8)]
    public int? MaxConcurrentProbes { get; init; }

    /// <inheritdoc cref="BreakerOptions.ProbeTimeout" />
    [Id(9)]
    public TimeSpan? ProbeTimeout { get; init; }

    /// <inheritdoc cref="BreakerOptions.ProbesToClose" />
    [Id(10)]
    public int? ProbesToClose { get; init; }

    /// <summary>Returns the changed settings, without checking them.</summary>
    public BreakerOptions ApplyTo(BreakerOptions settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with
        {
            FailureThreshold = FailureThreshold ?? settings.FailureThreshold,
            SamplingDuration = SamplingDuration ?? settings.SamplingDuration,
            MinimumCaches = MinimumCaches ?? settings.MinimumCaches,
            Quorum = Quorum ?? settings.Quorum,
            BreakDuration = BreakDuration ?? settings.BreakDuration,
            BackoffMultiplier = BackoffMultiplier ?? settings.BackoffMultiplier,
            MaxBreakDuration = MaxBreakDuration ?? settings.MaxBreakDuration,
            Jitter = Jitter ?? settings.Jitter,
            MaxConcurrentProbes = MaxConcurrentProbes ?? settings.MaxConcurrentProbes,
            ProbeTimeout = ProbeTimeout ?? settings.ProbeTimeout,
            ProbesToClose = ProbesToClose ?? settings.ProbesToClose,
        };
    }
}
