namespace CacheOrleans.Alerts;

/// <summary>A text that no message may contain, such as a webhook's address.</summary>
/// <remarks>It is taken out as it is and URL-encoded; of an address, its path and query alone too. One shorter than
/// <see cref="MinLength"/> is left, for it would be found everywhere.</remarks>
public sealed class AlertSecret(string value)
{
    /// <summary>The length from which a text is taken for a secret.</summary>
    public const int MinLength = 4;

    /// <summary>The secret.</summary>
    public string Value { get; } = value;

    /// <inheritdoc />
    public override string ToString() => "***";
}
