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
/// <remarks>Of each name it knows one definition. One that was declared, and that nobody has used for long, makes room
/// for another. Thread-safe.</remarks>
internal sealed class CacheCatalog
{
    /// <summary>The most caches that clients may declare.</summary>
    public const int MaxDeclared = 10_000;

    /// <summary>How long a declared cache stands without use.</summary>
    /// <remarks>When the last process of an application's former version has ended, this is how long the next one's
    /// definition is still refused.</remarks>
    public static readonly TimeSpan UnusedLife = TimeSpan.FromHours(1);

    /// <summary>The pause between two looks for declared caches that nobody uses.</summary>
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
        CacheRegistry registry, IServiceProvider services, CacheMetrics metrics, ILogger<CacheCatalog> logger)
    {
        _services = services;
        _metrics = metrics;
        _alerts = services.GetRequiredService<IAlerts>();
        _time = services.GetRequiredService<TimeProvider>();
        _logger = logger;
        KnownNames = registry.KnownNames;
        _registered = registry.Definitions.ToFrozenDictionary(
            definition => definition.Name, definition => Bind(definition, isDeclared: false), StringComparer.Ordinal);
    }

    /// <summary>The registered caches' names, for messages.</summary>
    public string KnownNames { get; }

    /// <summary>The caches that clients have declared.</summary>
    /// <param name="name">The name of the one that is asked for; null: all.</param>
    public IEnumerable<CacheDefinition> Declared(string? name) => name is null
        ? _declared.Values.Select(cache => cache.Definition)
        : _declared.TryGetValue(name, out var cache) ? [cache.Definition] : [];

    public bool TryFind(string name, [NotNullWhen(true)] out SiloCache? cache) =>
        _registered.TryGetValue(name, out cache) || _declared.TryGetValue(name, out cache);

    /// <summary>Whether a cache is the one that its name stands for now.</summary>
    public bool IsCurrent(SiloCache cache) => TryFind(cache.Definition.Name, out var known) && known == cache;

    /// <summary>Adds a cache; one that is known, and in use, stays as it is.</summary>
    /// <exception cref="ArgumentException">The declaration is not valid, has another template than the known cache, or
    /// is one too many.</exception>
    public void Declare(CacheDeclaration declaration)
    {
        var definition = KnownCache.Of(declaration).Definition;
        var cache = Find(definition);
        if (cache.Definition.Fingerprint != definition.Fingerprint)
        {
            throw new ArgumentException(
                $"Cache '{definition.Name}' has the template '{cache.Definition.Template}' in the silos; "
                + $"'{definition.Template}' was declared. Use one template for the name, or another name; a cache that "
                + "clients have declared can have another template when it was not used for an hour.");
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
                    $"Cache '{definition.Name}' cannot be declared: {MaxDeclared} caches are, which is the limit.");
            }

            cache = Bind(definition, isDeclared: true);
            cache.OnUse(now);
            return _declared[definition.Name] = cache;
        }
    }

    private bool IsUnused(SiloCache cache, DateTimeOffset now) =>
        !_registered.ContainsKey(cache.Definition.Name) && cache.UnusedFor(now) > UnusedLife;

    /// <summary>Whether there is room for one more; declared caches that nobody uses make it. Entries of theirs that
    /// are in memory serve on.</summary>
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
