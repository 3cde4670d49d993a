using System.Globalization;
using CacheOrleans.Alerts;
using CacheOrleans.Grains.Registration;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Embedded;
using CacheOrleans.Silo.Security;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Silo.Startup;

/// <summary>The lines that the host prints when it is ready.</summary>
internal static class Banner
{
    public static string[] Lines(SiloHost host)
    {
        var url = Reachable(host.App.Urls.FirstOrDefault() ?? host.Settings.Listen.Urls[0]);
        return
        [
            $"CacheOrleans is ready on {string.Join(", ", host.App.Urls)}; stop it with Ctrl-C.",
            $"  cache       {Describe(host.Servers.Redis, "ConnectionStrings:Redis")}",
            $"  membership  {Describe(host.Servers.Membership, "ConnectionStrings:Membership")}",
            $"  alerts      {Alerts(host.App.Services)}",
            $"  dashboard   {url}/dashboard",
            Caches(host, url),
        ];
    }

    /// <summary>Returns an address to open on this machine: a wildcard cannot be opened.</summary>
    internal static string Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        return address.Host is "*" or "+" or "0.0.0.0" or "[::]"
            ? string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://localhost:{address.Port}")
            : url;
    }

    /// <summary>Returns the names of the channels for alerts; never a webhook's address.</summary>
    internal static string Alerts(IServiceProvider services)
    {
        var isLogged = services.GetRequiredService<IOptions<AlertOptions>>().Value.Log;
        var names = string.Join(
            ", ",
            services.GetServices<IAlertChannel>().Select(channel => channel.Name)
                .Where(name => isLogged || name != "log"));
        return names.Length > 0 ? names : "none: Alerts:Slack:WebhookUrl is not set, and Alerts:Log is false";
    }

    /// <summary>A read of the sample. It shows where a key goes, never a key.</summary>
    internal static string Example(SiloSettings settings, string url)
    {
        var key = settings.ReadsNeedKey ? $"-H '{ApiKeyHandler.HeaderName}: …' " : "";
        return $"curl -i {key}'{url}/api/caches/country/entry?code=KR'";
    }

    private static string Caches(SiloHost host, string url) =>
        host.IsSample ? $"  try         {Example(host.Settings, url)}"
        : host.App.Services.GetRequiredService<CacheRegistry>().Definitions is { Count: > 0 } caches
            ? $"  caches      {string.Join(", ", caches.Select(cache => cache.Name))}"
        : $"  caches      only those of clients; declare some under Caches, or try {SampleCatalog.Setting}=true";

    private static string Describe(EmbeddedRedis? embedded, string setting) => embedded switch
    {
        null => $"the Redis of {setting}",
        { IsOwn: true } => $"embedded, {embedded.ConnectionString}, in this process",
        _ => $"embedded, {embedded.ConnectionString}, joined",
    };
}
