namespace CacheOrleans.Breaker;

/// <summary>A change of some of a breaker's settings; what is null stays as it is.</summary>
/// <remarks>Each setting is described at <see cref="BreakerOptions"/>.</remarks>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.BreakerChange")]
public sealed record BreakerChange
{
    /// <inheritdoc cref="BreakerOptions.Threshold" />
    [Id(0)]
    public int? Threshold { get; init; }

    /// <inheritdoc cref="BreakerOptions.Window" />
    [Id(1)]
    public TimeSpan? Window { get; init; }

    /// <inheritdoc cref="BreakerOptions.DistinctNames" />
    [Id(2)]
    public int? DistinctNames { get; init; }

    /// <inheritdoc cref="BreakerOptions.Quorum" />
    [Id(3)]
    public int? Quorum { get; init; }

    /// <inheritdoc cref="BreakerOptions.Break" />
    [Id(4)]
    public TimeSpan? Break { get; init; }

    /// <inheritdoc cref="BreakerOptions.Growth" />
    [Id(5)]
    public double? Growth { get; init; }

    /// <inheritdoc cref="BreakerOptions.MaxBreak" />
    [Id(6)]
    public TimeSpan? MaxBreak { get; init; }

    /// <inheritdoc cref="BreakerOptions.Jitter" />
    [Id(7)]
    public double? Jitter { get; init; }

    /// <inheritdoc cref="BreakerOptions.Permits" />
    [Id(8)]
    public int? Permits { get; init; }

    /// <inheritdoc cref="BreakerOptions.PermitLife" />
    [Id(9)]
    public TimeSpan? PermitLife { get; init; }

    /// <inheritdoc cref="BreakerOptions.Successes" />
    [Id(10)]
    public int? Successes { get; init; }

    /// <summary>Makes the changed settings, which are not yet checked.</summary>
    public BreakerOptions ApplyTo(BreakerOptions settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with
        {
            Threshold = Threshold ?? settings.Threshold,
            Window = Window ?? settings.Window,
            DistinctNames = DistinctNames ?? settings.DistinctNames,
            Quorum = Quorum ?? settings.Quorum,
            Break = Break ?? settings.Break,
            Growth = Growth ?? settings.Growth,
            MaxBreak = MaxBreak ?? settings.MaxBreak,
            Jitter = Jitter ?? settings.Jitter,
            Permits = Permits ?? settings.Permits,
            PermitLife = PermitLife ?? settings.PermitLife,
            Successes = Successes ?? settings.Successes,
        };
    }
}
