using System.Collections.Concurrent;
using CacheOrleans.Grains.Entries;

namespace CacheOrleans.Grains.Access;

/// <summary>Limits each client to a share of the caches that clients may declare in this silo.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DeclarationShares(CacheCatalog catalog)
{
    /// <summary>The most caches that one client may declare.</summary>
    public const int Share = CacheCatalog.MaxDeclared / 10;

    private readonly ConcurrentDictionary<GrainId, HashSet<string>> _names = new();

    /// <summary>Called before a client declares a cache: takes one from its share.</summary>
    /// <exception cref="ArgumentException">The client has used up its share.</exception>
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
                    $"Cache '{name}' cannot be declared: this client has declared {Share} caches, which is the limit "
                    + "for one client.");
            }

            names.Add(name);
        }
    }

    private bool IsGone(string name) => !catalog.TryFind(name, out _);

    /// <summary>Forgets clients none of whose caches are left.</summary>
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
