using CacheOrleans.Grains.Coordination;
using CacheOrleans.Grains.Diagnostics;
using CacheOrleans.Grains.Tags;

namespace CacheOrleans.Grains.Registration;

/// <inheritdoc cref="IClusterCaches"/>
internal sealed class ClusterCaches(
    CacheRegistry registry, ActiveSilos<IStatisticsService> silos, TagClient tags) : IClusterCaches
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
        var answers = await silos.AskAsync(
            silo => silo.ReadDeclaredAsync(name), IStatisticsService.AnswerLimit, cancellationToken);
        return answers.SelectMany(answer => answer)
            .DistinctBy(declaration => declaration.Name)
            .OrderBy(declaration => declaration.Name, StringComparer.Ordinal)
            .Select(KnownCache.Of);
    }
}
