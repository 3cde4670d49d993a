using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Startup;

namespace CacheOrleans.Silo.Security;

/// <summary>Refuses to open the API to other machines without a key.</summary>
internal static class ExposureCheck
{
    /// <exception cref="StartFailureException">It listens beyond loopback, and no key is configured.</exception>
    public static void Run(SiloSettings settings)
    {
        if (settings.Listen.IsExposed && string.IsNullOrEmpty(settings.Http.ApiKey))
        {
            throw new StartFailureException(
                ExitCode.Configuration,
                $"Listening beyond loopback ({string.Join(", ", settings.Listen.Urls)}) needs an API key: set "
                + $"{HttpSettings.SectionName}:{nameof(HttpSettings.ApiKey)} (environment: Http__ApiKey).");
        }
    }
}
