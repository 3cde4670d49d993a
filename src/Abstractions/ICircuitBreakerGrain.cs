using CacheOrleans.Breaker;

namespace CacheOrleans;

/// <summary>The circuit breaker of one backend for the whole cluster; its grain key is the backend's name,
/// <see cref="Redis"/>.</summary>
/// <remarks>Silos do not call it before each operation, because each has a copy of its state. Every method throws
/// <see cref="ArgumentException"/> when no backend has that name.</remarks>
[Alias("CacheOrleans.ICircuitBreakerGrain")]
public interface ICircuitBreakerGrain : IGrainWithStringKey
{
    /// <summary>The name of the only backend.</summary>
    const string Redis = "redis";

    /// <summary>Returns the state, the failures and transitions that led to it, and the latest report of each silo.
    /// </summary>
    [Alias("GetStatsAsync")]
    Task<BreakerStatistics> GetStatsAsync();

    /// <summary>Changes some of the settings in every silo, until the last silo stops.</summary>
    /// <remarks>A break that has begun keeps its end.</remarks>
    /// <returns>All settings after the change.</returns>
    /// <exception cref="BreakerSettingsException">The result would not be valid; nothing was changed.</exception>
    [Alias("UpdateSettingsAsync")]
    Task<BreakerOptions> UpdateSettingsAsync(BreakerChange change);

    /// <summary>Makes every silo skip the backend until <see cref="CloseAsync"/> or <see cref="DisableAsync"/>.
    /// </summary>
    /// <param name="by">The name of the person who requests the change, for the alert about it; null: not known.
    /// </param>
    [Alias("IsolateAsync")]
    Task IsolateAsync(string? by = null);

    /// <summary>Makes every silo use the backend again, and forgets all failures.</summary>
    /// <inheritdoc cref="IsolateAsync" path="/param"/>
    [Alias("CloseAsync")]
    Task CloseAsync(string? by = null);

    /// <summary>Makes every silo use the backend whatever happens, until <see cref="CloseAsync"/> or
    /// <see cref="IsolateAsync"/>.</summary>
    /// <inheritdoc cref="IsolateAsync" path="/param"/>
    [Alias("DisableAsync")]
    Task DisableAsync(string? by = null);
}
