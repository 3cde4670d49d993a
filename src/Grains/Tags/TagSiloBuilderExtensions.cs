using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CacheOrleans.Grains.Tags;

/// <summary>Adds tags to a silo.</summary>
internal static class TagSiloBuilderExtensions
{
    public static ISiloBuilder AddTags(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton<TagDiagnostics>();
        silo.Services.TryAddSingleton<TagHolders>();
        silo.Services.TryAddSingleton<TagReplica>();
        silo.Services.TryAddSingleton<ITagVersions>(provider => provider.GetRequiredService<TagReplica>());
        silo.Services.TryAddSingleton<TagStore>();
        silo.Services.TryAddSingleton<TagClient>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, TagRefresher>();
        return silo.AddGrainService<TagService>();
    }
}
