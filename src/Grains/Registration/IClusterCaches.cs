namespace CacheOrleans.Grains.Registration;

/// <summary>The caches that the cluster knows: those registered in the silos, and those that clients have declared in
/// any silo.</summary>
public interface IClusterCaches
{
    /// <summary>Finds a cache by its exact name; a silo that does not respond within a second is left out.</summary>
    /// <returns>The cache, or null if no silo knows it.</returns>
    Task<KnownCache?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Returns the registered caches, then the declared ones, each sorted by name; a silo that does not
    /// respond within a second is left out.</summary>
    Task<IReadOnlyList<KnownCache>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Ends all entries of a cache: owners and clients remove their values, and the values in Redis count as
    /// missing.</summary>
    /// <exception cref="TimeoutException">A silo did not respond, and may serve old values. It is safe to call again.
    /// </exception>
    Task EndAsync(string name, CancellationToken cancellationToken);
}
