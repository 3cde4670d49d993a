namespace CacheOrleans.Silo.Configuration;

/// <summary>The servers that every silo needs. The databases of fallbacks are configured beside them, under names
/// that you choose.</summary>
public sealed class ConnectionStringSettings
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "ConnectionStrings";

    /// <summary>The cache's Redis, in the format of StackExchange.Redis: <c>host:6379,password=…</c>.</summary>
    /// <value>The default value is <see langword="null"/>: a server in this process, at <c>Embedded:RedisPort</c>.
    /// </value>
    public string? Redis { get; set; }

    /// <summary>The Redis with the membership table, in the same format; never the cache's Redis.</summary>
    /// <value>The default value is <see langword="null"/>: a server in this process, at
    /// <c>Embedded:MembershipPort</c>.</value>
    public string? Membership { get; set; }
}
