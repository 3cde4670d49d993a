using CacheOrleans.Testing;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>The settings that the silos of one test share; without connection strings they use embedded mode.</summary>
internal sealed record SiloSettings
{
    public int EmbeddedRedisPort { get; } = FreePort.Next();

    public int EmbeddedMembershipPort { get; } = FreePort.Next();

    public string? Redis { get; init; }

    public string? Membership { get; init; }

    public string? Catalog { get; init; }

    /// <summary>Further settings, by environment variable.</summary>
    public Dictionary<string, string> More { get; init; } = [];

    public IEnumerable<KeyValuePair<string, string?>> ToEnvironment()
    {
        yield return new("Sample", "true");
        yield return new("Embedded__RedisPort", $"{EmbeddedRedisPort}");
        yield return new("Embedded__MembershipPort", $"{EmbeddedMembershipPort}");
        yield return new("ConnectionStrings__Redis", Redis);
        yield return new("ConnectionStrings__Membership", Membership);
        yield return new("ConnectionStrings__Catalog", Catalog);
        foreach (var (name, value) in More)
        {
            yield return new(name, value);
        }
    }
}
