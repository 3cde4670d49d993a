namespace CacheOrleans.Sql;

/// <summary>What shape the value of a cache has.</summary>
public enum SqlRows
{
    /// <summary>One row is an object, several are an array.</summary>
    One,

    /// <summary>The value is always an array.</summary>
    Many,
}
