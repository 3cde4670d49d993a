using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Registration;

/// <summary>Registers the options of adapters.</summary>
internal static class AdapterOptions
{
    /// <summary>Reads options from the section of all, then from that of their name, then from code.</summary>
    public static void AddAdapterOptions<T>(
        this IServiceCollection services, string name, string section, Action<T>? configure, Action<T> complete)
        where T : class => services
        .AddOptions<T>(name)
        .Configure<IServiceProvider>((options, provider) =>
        {
            provider.Bind(options, section);
            if (name.Length > 0)
            {
                provider.Bind(options, $"{section}s:{name}");
            }
        })
        .Configure(options => configure?.Invoke(options))
        .PostConfigure(complete)
        .ValidateOnStart();
}
