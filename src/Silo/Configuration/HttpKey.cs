namespace CacheOrleans.Silo.Configuration;

/// <summary>A key of the HTTP API, under <c>Http:Keys:{name}</c>.</summary>
/// <remarks>The name appears in logs and alerts about changes made with the key, so it is not a secret.</remarks>
public sealed class HttpKey
{
    /// <summary>The secret; required. White space at its ends is rejected, because a header cannot carry it.</summary>
    public string? Key { get; set; }

    /// <summary>What the key allows: <c>read</c>, <c>write</c> or <c>operate</c>; required.</summary>
    public HttpRole? Role { get; set; }
}
