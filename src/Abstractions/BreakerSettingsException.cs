namespace CacheOrleans;

/// <summary>Settings of a circuit breaker that are not valid.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.BreakerSettingsException")]
public sealed class BreakerSettingsException : Exception
{
    /// <summary>Tells what is wrong.</summary>
    /// <param name="errors">What is wrong, by the names of the settings.</param>
    public BreakerSettingsException(IReadOnlyDictionary<string, string> errors)
        : base(string.Join(' ', errors?.Values ?? []))
    {
        Errors = new(errors ?? new Dictionary<string, string>());
    }

    /// <summary>What is wrong, by the names of the settings.</summary>
    [Id(0)]
    public Dictionary<string, string> Errors { get; private set; }
}
