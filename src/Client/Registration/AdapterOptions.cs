using CacheOrleans.Client.Adapters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Client.Registration;

/// <summary>Registers the options of adapters.</summary>
internal static class AdapterOptions
{
    /// <summary>Reads options from the common section, then from the section of the key, then from code.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="serviceKey">The key of the adapter's service; null: it has no key.</param>
    /// <param name="section">The common section.</param>
    /// <param name="cache">The default name of the cache of an adapter without a key.</param>
    /// <param name="configure">Sets options in code.</param>
    public static void AddAdapterOptions<T, TValidator>(
        this IServiceCollection services, object? serviceKey, string section, string cache, Action<T>? configure)
        where T : class, IAdapterOptions
        where TValidator : class, IValidateOptions<T>
    {
        var name = serviceKey?.ToString() ?? string.Empty;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, TValidator>());
        services.AddSingleton(new NamedSection($"{section}s", name));
        services.AddOptions<T>(AdapterName.OfOptions(serviceKey))
            .Configure<IServiceProvider>((options, provider) =>
            {
                provider.Bind(options, section);
                options.CacheName = AdapterName.OfCache(options.CacheName ?? cache, serviceKey);
                provider.Bind(options, $"{section}s", name);
            })
            .Configure(options => configure?.Invoke(options))
            .PostConfigure(options => options.CacheName ??= AdapterName.OfCache(cache, serviceKey))
            .ValidateOnStart();
    }
}
