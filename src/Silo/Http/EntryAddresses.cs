using System.Globalization;
using CacheOrleans.Definitions;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Keys;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Silo.Http;

/// <summary>Finds the entry that a cache's name and a query string identify.</summary>
internal sealed class EntryAddresses(
    CacheRegistry registry, IClusterCaches caches, IOptions<CacheLimits> limits, IGrainFactory grains)
{
    private const string Version = "version";

    private string Registered => string.Join(", ", registry.Definitions.Select(cache => cache.Name));

    /// <exception cref="RequestProblemException">There is no such cache, or the query does not fit it.</exception>
    public async Task<EntryAddress> FindAsync(
        string name, IQueryCollection query, CancellationToken cancellationToken)
    {
        var cache = await FindAsync(name, cancellationToken);
        var key = ReadKey(cache.Definition, query);
        return limits.Value.Check(key) is { } error
            ? throw Bad(error)
            : new EntryAddress(cache, key, grains.GetGrain<ICacheEntryGrain>(key.Text));
    }

    /// <exception cref="RequestProblemException">There is no such cache.</exception>
    public async Task<KnownCache> FindAsync(string name, CancellationToken cancellationToken) =>
        await caches.FindAsync(name, cancellationToken) ?? throw new RequestProblemException(
            StatusCodes.Status404NotFound,
            $"There is no cache '{name}'; the caches are: {Registered}, and those that clients have declared.");

    internal static CacheKey ReadKey(CacheDefinition definition, IQueryCollection query)
    {
        if (query.FirstOrDefault(parameter => parameter.Value.Count != 1) is { Key: { } twice })
        {
            throw Bad($"The parameter '{twice}' is given more than once.");
        }

        var values = query.ToDictionary(
            parameter => parameter.Key, parameter => parameter.Value.ToString(), StringComparer.Ordinal);
        var version = values.Remove(Version, out var text) ? ReadVersion(text) : 1;
        try
        {
            return definition.NamedKey(version, values);
        }
        catch (ArgumentException exception)
        {
            throw Bad(exception.Message, exception);
        }
    }

    private static int ReadVersion(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version >= 1
            ? version
            : throw Bad($"The parameter '{Version}' must be a whole number of at least 1; got '{text}'.");

    private static RequestProblemException Bad(string message, Exception? inner = null) =>
        new(StatusCodes.Status400BadRequest, message, inner);
}
