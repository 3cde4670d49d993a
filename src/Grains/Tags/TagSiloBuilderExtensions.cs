using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace CacheOrleans.Grains.Tags;

/// <summary>Adds tags to a silo.</summary>
internal static class TagSiloBuilderExtensions
{
    /// <summary>How long a tag's grain stays active without a call: the grains of tags in use are called every few
    /// seconds.</summary>
    private static readonly TimeSpan IdleAge = TimeSpan.FromMinutes(2);

    public static ISiloBuilder AddTags(this ISiloBuilder silo)
    {
        silo.Services.Configure<GrainCollectionOptions>(options =>
            options.ClassSpecificCollectionAge[typeof(TagGrain).FullName!] = IdleAge);
        silo.Services.TryAddSingleton<TagDiagnostics>();
        silo.Services.TryAddSingleton<TagHolders>();
        silo.Services.TryAddSingleton<TagReplica>();
        silo.Services.TryAddSingleton<ITagVersions>(provider => provider.GetRequiredService<TagReplica>());
        silo.Services.TryAddSingleton<TagStore>();
        silo.Services.TryAddSingleton<TagClient>();
        silo.Services.TryAddSingleton<CacheRemoval>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, TagRefresher>();
        silo.Services.TryAddSingleton<CacheFloors>();
        silo.Services.Replace(ServiceDescriptor.Singleton<ICacheVersions>(
            provider => provider.GetRequiredService<CacheFloors>()));
        silo.Services.TryAddSingleton<CacheVersions>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, CacheVersionRefresher>();
        return silo.AddGrainService<TagService>();
    }
}
