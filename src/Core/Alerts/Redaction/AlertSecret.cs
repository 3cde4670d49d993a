namespace CacheOrleans.Alerts;

/// <summary>A text that no message may contain, such as a webhook's address.</summary>
/// <remarks>The text is removed both literally and URL-encoded; for a URL, also its path and query without the rest. A
/// text shorter than <see cref="MinLength"/> is not removed, because it would be found everywhere.</remarks>
public sealed class AlertSecret(string value)
{
    /// <summary>The shortest text that is treated as a secret.</summary>
    public const int MinLength = 4;

    /// <summary>The secret.</summary>
    public string Value { get; } = value;

    /// <inheritdoc />
    public override string ToString() => "***";
}
