namespace CacheOrleans.Alerts;

/// <summary>What a named secret stands in; where its value ends depends on it.</summary>
internal enum ValueSurroundings
{
    /// <summary>Text of any kind.</summary>
    Text,

    /// <summary>Options with commas between them, as StackExchange.Redis has them.</summary>
    Commas,

    /// <summary>Options with semicolons between them, as ADO.NET has them; a value may cooldown spaces and commas.
    /// </summary>
    Semicolons,

    /// <summary>A header whose value is the rest of its line.</summary>
    Header,
}
