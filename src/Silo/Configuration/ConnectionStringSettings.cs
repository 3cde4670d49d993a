namespace CacheOrleans.Silo.Configuration;

/// <summary>The servers that every silo needs. The databases of fallbacks have names of your choice beside these.
/// </summary>
public sealed class ConnectionStringSettings
{
    /// <summary>The configuration section these are read from.</summary>
    public const string SectionName = "ConnectionStrings";

    /// <summary>The cache's Redis, in the form of StackExchange.Redis: <c>host:6379,password=…</c>.</summary>
    /// <value>The default value is <see langword="null"/>: a server in this process, at <c>Embedded:RedisPort</c>.
    /// </value>
    public string? Redis { get; set; }

    /// <summary>The Redis that keeps the list of silos, in the same form; never the cache's.</summary>
    /// <value>The default value is <see langword="null"/>: a server in this process, at
    /// <c>Embedded:MembershipPort</c>.</value>
    public string? Membership { get; set; }
}
