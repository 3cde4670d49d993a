using System.Globalization;
using CacheOrleans.Silo.Embedded;

namespace CacheOrleans.Silo.Startup;

/// <summary>The lines that greet whoever started the host.</summary>
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
            $"  dashboard   {url}/dashboard",
            $"  try         curl -i '{url}/api/caches/country/entry?code=KR'",
        ];
    }

    /// <summary>An address to type in on this machine: a wildcard is none.</summary>
    internal static string Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        return address.Host is "*" or "+" or "0.0.0.0" or "[::]"
            ? string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://localhost:{address.Port}")
            : url;
    }

    private static string Describe(EmbeddedRedis? embedded, string setting) => embedded switch
    {
        null => $"the Redis of {setting}",
        { IsOwn: true } => $"embedded, {embedded.ConnectionString}, in this process",
        _ => $"embedded, {embedded.ConnectionString}, joined",
    };
}
