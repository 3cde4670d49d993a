using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using CacheOrleans.Alerts;
using CacheOrleans.Entries;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Entries;

/// <summary>Finds what a grain key means on this silo.</summary>
internal sealed class EntryDirectory
{
    private readonly FrozenDictionary<string, BoundCache> _caches;
    private readonly CacheRegistry _registry;
    private readonly CacheLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger<EntryDirectory> _logger;

    public EntryDirectory(
        CacheRegistry registry, IOptions<CacheLimits> limits, IServiceProvider services, ILogger<EntryDirectory> logger)
    {
        var metrics = services.GetRequiredService<CacheMetrics>();
        var alerts = services.GetRequiredService<IAlerts>();
        _logger = logger;
        _registry = registry;
        _limits = limits.Value;
        _time = services.GetRequiredService<TimeProvider>();
        _caches = registry.Definitions.ToFrozenDictionary(
            definition => definition.Name,
            definition => new BoundCache(
                definition,
                services.GetKeyedService<ICacheLoader>(definition.Name),
                metrics[definition.Name],
                new StageReports(definition.Name, metrics[definition.Name], alerts),
                new Latch(),
                new Latch()),
            StringComparer.Ordinal);
    }

    /// <summary>Reads a grain key, or says what is wrong with it.</summary>
    public bool TryFind(
        string text, [NotNullWhen(true)] out EntryIdentity? entry, [NotNullWhen(false)] out string? error)
    {
        entry = null;
        if (!CacheKey.TryParse(text, out var key, out error))
        {
            return false;
        }

        if (!_caches.TryGetValue(key.Name, out var cache))
        {
            error = $"There is no cache '{key.Name}'; registered are: {_registry.KnownNames}.";
            return false;
        }

        error = cache.Definition.Template.Check(key) ?? _limits.Check(key);
        if (error is not null)
        {
            return false;
        }

        entry = new EntryIdentity(key, cache.Definition.StoreKey(key), cache);
        return true;
    }

    /// <summary>Checks a value that is to be set, and its time to live.</summary>
    /// <exception cref="ArgumentException">The value is over the limit, or the time to live out of range.</exception>
    public void Check(EntryIdentity entry, CacheWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(write.Value);
        if (_limits.CheckValue(entry.Key.Name, write.Value.Length) is { } error)
        {
            throw new ArgumentException(error);
        }

        if (write.TimeToLive is { } life)
        {
            entry.Cache.Definition.CheckTimeToLive(life);
        }
    }

    /// <summary>Whether what a fallback found may be kept: a value over the limit is answered all the same, and said
    /// once in the log.</summary>
    public bool IsKeepable(EntryIdentity entry, LoadResult result)
    {
        var error = _limits.CheckValue(entry.Key.Name, result.Value?.Length ?? 0);
        if (entry.Cache.TooLarge.Turn(error is not null) && error is not null)
        {
            _logger.ValueNotKept(error);
        }

        return error is null;
    }

    /// <summary>An empty memory for an entry of a cache.</summary>
    public EntryMemory NewMemory(BoundCache cache) => new(cache.Definition, _time);
}
