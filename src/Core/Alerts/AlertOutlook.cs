namespace CacheOrleans.Alerts;

/// <summary>What is known about whether a problem is over, at the time when a message about it is decided.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.AlertOutlook")]
public enum AlertOutlook
{
    /// <summary>Nothing has failed for a while, and nothing has succeeded either.</summary>
    Unknown,

    /// <summary>At least one silo skips the store, so nothing can fail there and nothing can succeed.</summary>
    Skipped,

    /// <summary>Each stage that failed has succeeded since.</summary>
    Works,
}
