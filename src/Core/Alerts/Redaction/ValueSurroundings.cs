namespace CacheOrleans.Alerts;

/// <summary>The kind of text around a named secret, which decides where the secret's value ends.</summary>
internal enum ValueSurroundings
{
    /// <summary>Text of any kind.</summary>
    Text,

    /// <summary>Options separated by commas, as in connection strings of Redis.</summary>
    Commas,

    /// <summary>Options separated by semicolons, as in ADO.NET; a value may contain spaces and commas.</summary>
    Semicolons,

    /// <summary>A header whose value is the rest of its line.</summary>
    Header,
}
