namespace CacheOrleans.Alerts;

/// <summary>Failures that no message has announced.</summary>
/// <param name="Failures">How many failures; one or more.</param>
/// <param name="For">How long ago the first of them may have happened: the time since the previous message.</param>
/// <param name="Silos">How many silos they happened on.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.SuppressedFailures")]
public sealed record SuppressedFailures(
    [property: Id(0)] long Failures, [property: Id(1)] TimeSpan For, [property: Id(2)] int Silos);
