using CacheOrleans.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CacheOrleans.EndToEnd.History;

/// <summary>An application of a history.</summary>
/// <param name="Name">Its name in the description of a violation.</param>
/// <param name="Cache">Its client.</param>
/// <param name="HasCopies">Whether it keeps copies; single calls may still skip them.</param>
internal sealed record HistoryClient(string Name, ICacheClient Cache, bool HasCopies)
{
    public static HistoryClient Of(string name, IServiceProvider application) => new(
        name,
        application.GetRequiredService<ICacheClient>(),
        application.GetRequiredService<IOptions<CacheClientOptions>>().Value.NearLease > TimeSpan.Zero);
}
