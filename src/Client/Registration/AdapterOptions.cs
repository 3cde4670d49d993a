using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Registration;

/// <summary>Registers the options of adapters.</summary>
internal static class AdapterOptions
{
    /// <summary>Reads options from the common section, then from the section of the key, then from code.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="serviceKey">The key of the adapter's service; null: it has no key.</param>
    /// <param name="section">The common section.</param>
    /// <param name="configure">Sets options in code.</param>
    /// <param name="name">Derives the cache name of the key from the common one.</param>
    /// <param name="complete">Sets the options that are still unset.</param>
    public static void AddAdapterOptions<T>(
        this IServiceCollection services,
        object? serviceKey,
        string section,
        Action<T>? configure,
        Action<T> name,
        Action<T> complete)
        where T : class => services
        .AddOptions<T>(AdapterName.OfOptions(serviceKey))
        .Configure<IServiceProvider>((options, provider) =>
        {
            provider.Bind(options, section);
            name(options);
            if (serviceKey?.ToString() is { Length: > 0 } text)
            {
                provider.Bind(options, $"{section}s:{text}");
            }
        })
        .Configure(options => configure?.Invoke(options))
        .PostConfigure(complete)
        .ValidateOnStart();
}
