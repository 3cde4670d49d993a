namespace CacheOrleans.Sql;

/// <summary>The type of a parameter's text.</summary>
public enum SqlParameterType
{
    /// <summary>Any text; the database converts it as the statement requires.</summary>
    Text,

    /// <summary>A 64-bit integer, such as <c>-7</c>.</summary>
#pragma warning disable CA1720 // SQL uses this name too.
    Integer,
#pragma warning restore CA1720

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A UUID in lower-case letters, such as <c>0b0e6f2e-5d6c-4f0a-9f0c-6f4f6a0c2b11</c>.</summary>
    Uuid,

    /// <summary>A date, such as <c>2026-02-28</c>.</summary>
    Date,
}
