using System.Collections.Concurrent;
using CacheOrleans.Grains.Entries;

namespace CacheOrleans.Grains.Access;

/// <summary>Leaves no client more than a share of the caches that clients may declare in this silo.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DeclarationShares(CacheCatalog catalog)
{
    /// <summary>The most declared caches of one client.</summary>
    public const int Share = CacheCatalog.MaxDeclared / 10;

    private readonly ConcurrentDictionary<GrainId, HashSet<string>> _names = new();

    /// <summary>A client is about to declare a cache.</summary>
    /// <exception cref="ArgumentException">It has declared its share.</exception>
    public void Take(GrainId client, string name)
    {
        if (catalog.TryFind(name, out _))
        {
            return;
        }

        if (!_names.TryGetValue(client, out var names))
        {
            ForgetIdle();
            names = _names.GetOrAdd(client, _ => new(StringComparer.Ordinal));
        }

        lock (names)
        {
            if (names.Count >= Share && names.RemoveWhere(IsGone) == 0 && !names.Contains(name))
            {
                throw new ArgumentException(
                    $"Cache '{name}' cannot be declared: this client has declared {Share} caches, which is the most "
                    + "for one.");
            }

            names.Add(name);
        }
    }

    private bool IsGone(string name) => !catalog.TryFind(name, out _);

    /// <summary>Forgets clients of whose caches none is left.</summary>
    private void ForgetIdle()
    {
        foreach (var (client, names) in _names)
        {
            lock (names)
            {
                if (names.All(IsGone))
                {
                    _names.TryRemove(client, out _);
                }
            }
        }
    }
}
