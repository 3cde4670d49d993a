namespace CacheOrleans.Alerts;

/// <summary>Failures that no message told of.</summary>
/// <param name="Failures">How many; one or more.</param>
/// <param name="For">How long ago the first of them may have been: the time since the message before.</param>
/// <param name="Silos">On how many silos.</param>
[GenerateSerializer]
[Immutable]
[Alias("CacheOrleans.SuppressedFailures")]
public sealed record SuppressedFailures(
    [property: Id(0)] long Failures, [property: Id(1)] TimeSpan For, [property: Id(2)] int Silos);
