namespace CacheOrleans.Silo.Configuration;

/// <summary>What a key of the HTTP API allows; each role includes the one before it.</summary>
public enum HttpRole
{
    /// <summary>Reads: values, caches, silos, the breaker, alerts and metrics.</summary>
    Read,

    /// <summary>Writes too: sets and removes entries, ends tags and caches.</summary>
    Write,

    /// <summary>Operates the cluster too: changes the breaker, tests alerts, sees the dashboard and why requests fail.
    /// </summary>
    Operate,
}
