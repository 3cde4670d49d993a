namespace CacheOrleans.Sql;

/// <summary>The shape of a cache's value.</summary>
public enum SqlRows
{
    /// <summary>One row is an object, several are an array.</summary>
    One,

    /// <summary>The value is always an array.</summary>
    Many,
}
