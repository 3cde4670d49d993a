using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using CacheOrleans.Definitions;
using CacheOrleans.Loading;

namespace CacheOrleans.Grains.Registration;

/// <summary>The caches that this silo knows, from code and from configuration.</summary>
/// <remarks>Immutable; made once, when the silo starts. Every silo of a cluster must know the same caches.</remarks>
public sealed class CacheRegistry
{
    private readonly FrozenDictionary<string, CacheDefinition> _definitions;

    /// <summary>Collects the registered definitions and checks that they are consistent.</summary>
    /// <exception cref="InvalidOperationException">A name is declared twice, or a loader has no cache; the message
    /// names the cache.</exception>
    public CacheRegistry(IEnumerable<CacheDefinition> definitions, IEnumerable<LoaderRegistration> loaders)
    {
        Definitions = [.. definitions.OrderBy(definition => definition.Name, StringComparer.Ordinal)];
        var twice = Definitions.GroupBy(definition => definition.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidOperationException(
                $"Cache '{twice.Key}' is declared twice, in code or under 'Caches:{twice.Key}'. Remove one of the two "
                + "declarations.");
        }

        _definitions = Definitions.ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);
        foreach (var group in loaders.GroupBy(loader => loader.Cache))
        {
            if (!_definitions.ContainsKey(group.Key))
            {
                throw new InvalidOperationException(
                    $"A loader is registered for cache '{group.Key}', which is not declared. "
                    + $"Declare it with AddCache or under 'Caches:{group.Key}'. Declared caches: {KnownNames}.");
            }

            if (group.Count() > 1)
            {
                throw new InvalidOperationException(
                    $"Cache '{group.Key}' has more than one loader. Register only one of them.");
            }
        }
    }

    /// <summary>Every definition, by name.</summary>
    public IReadOnlyList<CacheDefinition> Definitions { get; }

    /// <summary>The names, for messages.</summary>
    internal string KnownNames =>
        Definitions.Count == 0 ? "none" : string.Join(", ", Definitions.Select(definition => definition.Name));

    /// <summary>Finds a definition by its exact name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out CacheDefinition? definition) =>
        _definitions.TryGetValue(name, out definition);
}
