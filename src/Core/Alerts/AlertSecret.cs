namespace CacheOrleans.Alerts;

/// <summary>A text that no message may contain, such as a webhook's address.</summary>
public sealed class AlertSecret(string value)
{
    /// <summary>The secret.</summary>
    public string Value { get; } = value;

    /// <inheritdoc />
    public override string ToString() => "***";
}
