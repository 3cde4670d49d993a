using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Registration;

/// <summary>Registers the options of adapters.</summary>
internal static class AdapterOptions
{
    /// <summary>Reads options from the section of all, then from that of their key, then from code.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="serviceKey">The key of the adapter's service; null: it has none.</param>
    /// <param name="section">The section of all.</param>
    /// <param name="configure">Sets options in code.</param>
    /// <param name="name">Names the cache of the key after that of all.</param>
    /// <param name="complete">Sets what nobody has set.</param>
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
