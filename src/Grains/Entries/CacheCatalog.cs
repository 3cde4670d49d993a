using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using CacheOrleans.Alerts;
using CacheOrleans.Definitions;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Loading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CacheOrleans.Grains.Entries;

/// <summary>The caches that this silo serves: registered ones, and those that clients have declared.</summary>
/// <remarks>Each name has one definition. A declared cache that was not used for <see cref="UnusedLife"/> makes room
/// for another one. Thread-safe.</remarks>
internal sealed class CacheCatalog
{
    /// <summary>The most caches that clients may declare.</summary>
    public const int MaxDeclared = 10_000;

    /// <summary>How long a declared cache is kept without being used.</summary>
    /// <remarks>After the last process of an application's previous version has ended, the next version's different
    /// definition is still refused for this long.</remarks>
    public static readonly TimeSpan UnusedLife = TimeSpan.FromHours(1);

    /// <summary>The pause between two searches for unused declared caches.</summary>
    private static readonly TimeSpan SweepPause = TimeSpan.FromMinutes(1);

    private readonly FrozenDictionary<string, SiloCache> _registered;
    private readonly ConcurrentDictionary<string, SiloCache> _declared = new(StringComparer.Ordinal);
    private readonly Lock _declaring = new();
    private readonly IServiceProvider _services;
    private readonly CacheMetrics _metrics;
    private readonly IAlerts _alerts;
    private readonly TimeProvider _time;
    private readonly ILogger<CacheCatalog> _logger;
    private DateTimeOffset _sweptAt;

    public CacheCatalog(
        CacheRegistry registry,
        IServiceProvider services,
        CacheMetrics metrics,
        IAlerts alerts,
        TimeProvider time,
        ILogger<CacheCatalog> logger)
    {
        _services = services;
        _metrics = metrics;
        _alerts = alerts;
        _time = time;
        _logger = logger;
        KnownNames = registry.KnownNames;
        _registered = registry.Definitions.ToFrozenDictionary(
            definition => definition.Name, definition => Bind(definition, isDeclared: false), StringComparer.Ordinal);
    }

    /// <summary>The registered caches' names, for messages.</summary>
    public string KnownNames { get; }

    /// <summary>The caches that clients have declared.</summary>
    /// <param name="name">The name of the cache to return; null for all.</param>
    public IEnumerable<CacheDefinition> Declared(string? name) => name is null
        ? _declared.Values.Select(cache => cache.Definition)
        : _declared.TryGetValue(name, out var cache) ? [cache.Definition] : [];

    public bool TryFind(string name, [NotNullWhen(true)] out SiloCache? cache) =>
        _registered.TryGetValue(name, out cache) || _declared.TryGetValue(name, out cache);

    /// <summary>Whether a cache is still the current one of its name.</summary>
    public bool IsCurrent(SiloCache cache) => TryFind(cache.Definition.Name, out var known) && known == cache;

    /// <summary>Adds a cache; a known cache that is in use stays unchanged.</summary>
    /// <exception cref="ArgumentException">The declaration is not valid, has another template than the known cache, or
    /// exceeds <see cref="MaxDeclared"/>.</exception>
    public void Declare(CacheDeclaration declaration)
    {
        var definition = KnownCache.Of(declaration).Definition;
        var cache = Find(definition);
        if (cache.Definition.Fingerprint != definition.Fingerprint)
        {
            throw new ArgumentException(
                $"Cache '{definition.Name}' has the template '{cache.Definition.Template}' in the silos; "
                + $"'{definition.Template}' was declared. Use the same template, or another name. A cache that "
                + "clients declared accepts another template after it has not been used for an hour.");
        }

        cache.Lives.Learn(declaration.Life);
    }

    private SiloCache Find(CacheDefinition definition)
    {
        lock (_declaring)
        {
            var now = _time.GetUtcNow();
            if (TryFind(definition.Name, out var cache) && cache.Definition.Fingerprint == definition.Fingerprint)
            {
                cache.OnUse(now);
                return cache;
            }

            if (cache is not null && !IsUnused(cache, now))
            {
                return cache;
            }

            if (cache is null && !HasRoom(now))
            {
                throw new ArgumentException(
                    $"Cache '{definition.Name}' cannot be declared: clients have declared {MaxDeclared} caches, which "
                    + "is the limit. A cache that is not used for an hour makes room.");
            }

            cache = Bind(definition, isDeclared: true);
            cache.OnUse(now);
            return _declared[definition.Name] = cache;
        }
    }

    private bool IsUnused(SiloCache cache, DateTimeOffset now) =>
        !_registered.ContainsKey(cache.Definition.Name) && cache.UnusedFor(now) > UnusedLife;

    /// <summary>Whether there is room for one more cache, after unused declared ones were removed. Their entries that
    /// are still in memory continue to serve.</summary>
    private bool HasRoom(DateTimeOffset now)
    {
        if (_declared.Count < MaxDeclared)
        {
            return true;
        }

        if (now - _sweptAt >= SweepPause)
        {
            _sweptAt = now;
            foreach (var (name, _) in _declared.Where(cache => IsUnused(cache.Value, now)))
            {
                _declared.TryRemove(name, out _);
                _metrics.Forget(name);
            }
        }

        return _declared.Count < MaxDeclared;
    }

    private SiloCache Bind(CacheDefinition definition, bool isDeclared)
    {
        var meter = _metrics[definition.Name];
        return new SiloCache(
            definition,
            isDeclared ? null : _services.GetKeyedService<ICacheLoader>(definition.Name),
            meter,
            new StageReports(definition.Name, meter, _alerts),
            new TimeToLivePolicy(definition, isDeclared, _logger));
    }
}
