namespace CacheOrleans.Silo.Configuration;

/// <summary>A key of the HTTP API, under <c>Http:Keys:{name}</c>.</summary>
/// <remarks>The name stands in announcements of what was done with the key; it is no secret.</remarks>
public sealed class HttpKey
{
    /// <summary>The secret; required. White space at its ends is refused: a header cannot carry it.</summary>
    public string? Key { get; set; }

    /// <summary>What the key allows: <c>read</c>, <c>write</c> or <c>operate</c>; required.</summary>
    public HttpRole? Role { get; set; }
}
