using System.Net;
using CacheOrleans.Silo.Clustering;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Startup;
using CacheOrleans.Tls;

namespace CacheOrleans.Silo.Security;

/// <summary>Refuses to start a silo that would open unprotected ports to other machines.</summary>
internal static class ExposureCheck
{
    /// <exception cref="StartFailureException">The silo would listen beyond loopback without a key for HTTP, or without
    /// a certificate for silos and clients.</exception>
    public static void Run(SiloSettings settings)
    {
        if (settings.Listen.IsExposed && settings.Http.Keys.Count == 0)
        {
            throw new StartFailureException(
                ExitCode.Configuration,
                $"Listening beyond loopback ({string.Join(", ", settings.Listen.Urls)}) needs a key: set "
                + $"{HttpSettings.SectionName}:{nameof(HttpSettings.Keys)}:admin:{nameof(HttpKey.Key)} (environment: "
                + $"Http__Keys__admin__Key), and {nameof(HttpKey.Role)} beside it to read, write or operate.");
        }

        // In embedded mode, the membership is on loopback.
        if (settings is { Tls: null, Orleans.TrustedNetwork: false }
            && SiloEndpoints.AddressOf(settings.Orleans, settings.Membership ?? "localhost") is var address
            && !IPAddress.IsLoopback(address))
        {
            throw new StartFailureException(
                ExitCode.Configuration,
                $"The ports for silos and clients would be open to every machine that reaches {address}. Set "
                + $"{ClusterTlsOptions.SectionName}:{nameof(ClusterTlsOptions.Certificate)} and "
                + $"{ClusterTlsOptions.SectionName}:{nameof(ClusterTlsOptions.Authority)} (the command "
                + "make-certificates creates the first ones), or "
                + $"{OrleansSettings.SectionName}:{nameof(OrleansSettings.TrustedNetwork)}=true if only machines that "
                + "you trust reach it.");
        }
    }
}
