namespace CacheOrleans.Sql;

/// <summary>What the text of a parameter stands for.</summary>
public enum SqlParameterType
{
    /// <summary>Any text; the database makes of it what the statement asks for.</summary>
    Text,

    /// <summary>A whole number of 64 bits, such as <c>-7</c>.</summary>
#pragma warning disable CA1720 // It is SQL's name too.
    Integer,
#pragma warning restore CA1720

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A UUID in small letters, such as <c>0b0e6f2e-5d6c-4f0a-9f0c-6f4f6a0c2b11</c>.</summary>
    Uuid,

    /// <summary>A date, such as <c>2026-02-28</c>.</summary>
    Date,
}
