using CacheOrleans.Breaker;

namespace CacheOrleans;

/// <summary>The circuit breaker of one backend, one for the whole cluster; its grain key is the backend's name,
/// <see cref="Redis"/>.</summary>
/// <remarks>Silos do not ask it before each call: each has a copy of its state. Every method throws
/// <see cref="ArgumentException"/> when no backend has that name.</remarks>
[Alias("CacheOrleans.ICircuitBreakerGrain")]
public interface ICircuitBreakerGrain : IGrainWithStringKey
{
    /// <summary>The name of the one backend there is.</summary>
    const string Redis = "redis";

    /// <summary>Tells the state, what led to it, and what each silo makes of it.</summary>
    [Alias("GetStatsAsync")]
    Task<BreakerStatistics> GetStatsAsync();

    /// <summary>Changes some of the settings, in every silo, until the last silo stops.</summary>
    /// <remarks>A break that runs keeps its end.</remarks>
    /// <returns>All settings, as they are now.</returns>
    /// <exception cref="BreakerSettingsException">The result would not be valid; nothing was changed.</exception>
    [Alias("UpdateSettingsAsync")]
    Task<BreakerOptions> UpdateSettingsAsync(BreakerChange change);

    /// <summary>Has every silo skip the backend until <see cref="CloseAsync"/> or <see cref="DisableAsync"/>.</summary>
    /// <param name="by">Who asks for it, as the alert about it names them; null: not known.</param>
    [Alias("IsolateAsync")]
    Task IsolateAsync(string? by = null);

    /// <summary>Has every silo use the backend again, and forgets all failures.</summary>
    /// <inheritdoc cref="IsolateAsync" path="/param"/>
    [Alias("CloseAsync")]
    Task CloseAsync(string? by = null);

    /// <summary>Has every silo use the backend whatever happens, until <see cref="CloseAsync"/> or
    /// <see cref="IsolateAsync"/>.</summary>
    /// <inheritdoc cref="IsolateAsync" path="/param"/>
    [Alias("DisableAsync")]
    Task DisableAsync(string? by = null);
}
