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
/// <remarks>Thread-safe.</remarks>
internal sealed class CacheCatalog
{
    /// <summary>The most caches that clients may declare.</summary>
    public const int MaxDeclared = 10_000;

    private readonly FrozenDictionary<string, BoundCache> _registered;
    private readonly ConcurrentDictionary<string, BoundCache> _declared = new(StringComparer.Ordinal);
    private readonly Lock _declaring = new();
    private readonly IServiceProvider _services;
    private readonly CacheMetrics _metrics;
    private readonly IAlerts _alerts;
    private readonly ILogger<CacheCatalog> _logger;

    public CacheCatalog(
        CacheRegistry registry, IServiceProvider services, CacheMetrics metrics, ILogger<CacheCatalog> logger)
    {
        _services = services;
        _metrics = metrics;
        _alerts = services.GetRequiredService<IAlerts>();
        _logger = logger;
        KnownNames = registry.KnownNames;
        _registered = registry.Definitions.ToFrozenDictionary(
            definition => definition.Name, definition => Bind(definition, isDeclared: false), StringComparer.Ordinal);
    }

    /// <summary>The registered caches' names, for messages.</summary>
    public string KnownNames { get; }

    /// <summary>The registered caches, then the declared ones, by name.</summary>
    public IEnumerable<CacheDefinition> Definitions =>
        from caches in (IReadOnlyDictionary<string, BoundCache>[])[_registered, _declared]
        from cache in caches.Values.OrderBy(cache => cache.Definition.Name, StringComparer.Ordinal)
        select cache.Definition;

    public bool TryFind(string name, [NotNullWhen(true)] out BoundCache? cache) =>
        _registered.TryGetValue(name, out cache) || _declared.TryGetValue(name, out cache);

    /// <summary>Adds a cache; one that is known stays as it is.</summary>
    /// <exception cref="ArgumentException">The declaration is not valid, has another template than the known cache, or
    /// is one too many.</exception>
    public void Declare(CacheDeclaration declaration)
    {
        var definition = new CacheDefinition(declaration.Name, declaration.Template, declaration.Life.TimeToLive)
        {
            NotFoundTimeToLive = declaration.Life.NotFoundTimeToLive,
        };
        var cache = Find(definition);
        if (cache.Definition.Template.Text != definition.Template.Text)
        {
            throw new ArgumentException(
                $"Cache '{definition.Name}' has the template '{cache.Definition.Template}' in the silos; "
                + $"'{definition.Template}' was declared.");
        }

        cache.Lives.Learn(declaration.Life);
    }

    private BoundCache Find(CacheDefinition definition)
    {
        lock (_declaring)
        {
            if (TryFind(definition.Name, out var known))
            {
                return known;
            }

            if (_declared.Count >= MaxDeclared)
            {
                throw new ArgumentException(
                    $"Cache '{definition.Name}' cannot be declared: {MaxDeclared} caches are, which is the limit.");
            }

            return _declared[definition.Name] = Bind(definition, isDeclared: true);
        }
    }

    private BoundCache Bind(CacheDefinition definition, bool isDeclared)
    {
        var meter = _metrics[definition.Name];
        return new BoundCache(
            definition,
            isDeclared ? null : _services.GetKeyedService<ICacheLoader>(definition.Name),
            meter,
            new StageReports(definition.Name, meter, _alerts),
            new CacheLives(definition, isDeclared, _logger));
    }
}
