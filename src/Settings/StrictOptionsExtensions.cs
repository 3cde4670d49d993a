using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Settings;

/// <summary>Adds options that are read strictly.</summary>
public static class StrictOptionsExtensions
{
    /// <summary>Reads options from a section, and validates them when the host starts.</summary>
    /// <typeparam name="TOptions">The type of the options.</typeparam>
    /// <typeparam name="TValidator">The validator; its messages get the full names of settings.</typeparam>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section's path.</param>
    /// <param name="configuration">The configuration; null: the host's configuration.</param>
    /// <param name="others">Names in the section that other code reads.</param>
    /// <remarks>Reading fails with the exceptions of
    /// <see cref="StrictConfigurationExtensions.BindStrictly">BindStrictly</see>.</remarks>
    public static IServiceCollection AddStrictOptions<TOptions, TValidator>(
        this IServiceCollection services, string section, IConfiguration? configuration = null, params string[] others)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>()
            .Configure<IServiceProvider>((options, provider) =>
                (configuration ?? provider.GetRequiredService<IConfiguration>()).BindStrictly(section, options, others))
            .ValidateOnStart();
        services.TryAddSingleton<TValidator>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TOptions>, FullNamesValidator<TOptions, TValidator>>(
                provider => new(section, provider.GetRequiredService<TValidator>())));
        return services;
    }
}
