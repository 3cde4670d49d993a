using System.Diagnostics;

namespace CacheOrleans.Testing.Processes;

/// <summary>The settings that the silos of one test share; without connection strings they use embedded mode.</summary>
public sealed record SiloSettings
{
    public int EmbeddedRedisPort { get; } = FreePort.Next();

    public int EmbeddedMembershipPort { get; } = FreePort.Next();

    public string? Redis { get; init; }

    public string? Membership { get; init; }

    public string? Catalog { get; init; }

    /// <summary>The name or the address at which it answers over HTTP.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The key of its HTTP API; null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Changes how the process is started; null for no change.</summary>
    public Action<ProcessStartInfo>? Change { get; init; }

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
        if (ApiKey is not null)
        {
            yield return new("Http__Keys__tests__Key", ApiKey);
            yield return new("Http__Keys__tests__Role", "operate");
        }

        foreach (var (name, value) in More)
        {
            yield return new(name, value);
        }
    }
}
