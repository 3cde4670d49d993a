namespace CacheOrleans;

/// <summary>Thrown when the settings of a circuit breaker are not valid.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.BreakerSettingsException")]
public sealed class BreakerSettingsException : Exception
{
    /// <summary>Creates the exception from the errors of the settings.</summary>
    /// <param name="errors">The errors, by the names of the settings.</param>
    public BreakerSettingsException(IReadOnlyDictionary<string, string> errors)
        : base(string.Join(' ', errors?.Values ?? []))
    {
        Errors = new(errors ?? new Dictionary<string, string>());
    }

    /// <summary>The errors, by the names of the settings.</summary>
    [Id(0)]
    public Dictionary<string, string> Errors { get; private set; }
}
