using CacheOrleans.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Registration;

/// <summary>The section for a client or an adapter that the application has added with a name.</summary>
/// <param name="Group">The path of the section that contains it.</param>
/// <param name="Name">The name.</param>
internal sealed record NamedSection(string Group, string Name)
{
    /// <summary>The section that contains those of the clients.</summary>
    public const string Clients = $"{CacheClientOptions.SectionName}:Clients";

    private static readonly string[] Groups =
        [Clients, $"{HybridCacheAdapterOptions.SectionName}s", $"{DistributedCacheAdapterOptions.SectionName}s"];

    /// <summary>Checks that the application has added each client and adapter that the configuration names.</summary>
    /// <exception cref="FormatException">It has not; the message suggests the nearest name.</exception>
    public static void Check(IServiceProvider services, IConfiguration configuration)
    {
        var added = services.GetServices<NamedSection>().ToLookup(section => section.Group, section => section.Name);
        foreach (var section in Groups.SelectMany(group => configuration.GetSection(group).GetChildren()))
        {
            var group = section.Path[..^(section.Key.Length + 1)];
            var names = added[group].Select(name => name.Split(':')[0]); // a colon in a name begins a subsection
            if (!names.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            {
                var nearest = NearestName.Of(section.Key, names);
                throw new FormatException(
                    $"{section.Path}: the application has added nothing with this name"
                    + (nearest is null ? "." : $"; did you mean {group}:{nearest}?"));
            }
        }
    }
}
