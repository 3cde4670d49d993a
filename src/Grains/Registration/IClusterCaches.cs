namespace CacheOrleans.Grains.Registration;

/// <summary>The caches that the cluster knows: those registered in silos, and those that clients have declared in any
/// of them.</summary>
public interface IClusterCaches
{
    /// <summary>Finds a cache by its exact name; a silo that does not answer within a second is left out.</summary>
    /// <returns>The cache, or null if no silo knows it.</returns>
    Task<KnownCache?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Returns the registered caches, then the declared ones, by name.</summary>
    /// <inheritdoc cref="FindAsync" path="/summary"/>
    Task<IReadOnlyList<KnownCache>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Ends all entries of a cache: owners and clients forget their values, and what Redis has counts as
    /// missing.</summary>
    /// <exception cref="TimeoutException">A silo did not answer: it may serve old values. Calling again does no harm.
    /// </exception>
    Task EndAsync(string name, CancellationToken cancellationToken);
}
