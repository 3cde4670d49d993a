using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Tags;

namespace CacheOrleans.Grains.Registration;

/// <inheritdoc cref="IClusterCaches"/>
internal sealed class ClusterCaches(
    CacheRegistry registry, StatisticsClient silos, TagClient tags, IClusterMembershipService membership)
    : IClusterCaches
{
    public async Task<KnownCache?> FindAsync(string name, CancellationToken cancellationToken) =>
        registry.TryGet(name, out var definition)
            ? new KnownCache(definition, null)
            : (await ReadDeclaredAsync(name, cancellationToken)).FirstOrDefault();

    public async Task<IReadOnlyList<KnownCache>> GetAsync(CancellationToken cancellationToken) =>
    [
        .. registry.Definitions.Select(definition => new KnownCache(definition, null)),
        .. await ReadDeclaredAsync(null, cancellationToken),
    ];

    public Task EndAsync(string name, CancellationToken cancellationToken) =>
        tags.EndEntriesAsync(name).WaitAsync(cancellationToken);

    private async Task<IEnumerable<KnownCache>> ReadDeclaredAsync(string? name, CancellationToken cancellationToken)
    {
        var reads = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active)
            .Select(member => ReadDeclaredAsync(member.SiloAddress, name));
        var answers = await Task.WhenAll(reads).WaitAsync(cancellationToken);
        return answers.SelectMany(answer => answer)
            .DistinctBy(declaration => declaration.Name)
            .OrderBy(declaration => declaration.Name, StringComparer.Ordinal)
            .Select(KnownCache.Of);
    }

    private async Task<CacheDeclaration[]> ReadDeclaredAsync(SiloAddress silo, string? name)
    {
        try
        {
            return await silos.ReadDeclaredAsync(silo, name);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            return [];
        }
    }
}
