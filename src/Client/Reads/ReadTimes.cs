namespace CacheOrleans.Client.Reads;

/// <summary>How long reads and owners wait for each other. A lease lasts two seconds unless it is renewed.</summary>
internal static class ReadTimes
{
    /// <summary>The interval at which leases are renewed.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the owner may delay its reply to the first request: most values exist or are available
    /// soon.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it may delay its replies to further requests, while another caller loads the value.</summary>
    public static readonly TimeSpan LongWait = TimeSpan.FromSeconds(2);

    /// <summary>The same for a batch. It is half as long as a lease, because leases that were granted early wait in the
    /// response for the slowest key.</summary>
    public static readonly TimeSpan LongBatchWait = TimeSpan.FromSeconds(1);

    /// <summary>How long the caller waits until the owner has received the loaded value.</summary>
    public static readonly TimeSpan HandOverLimit = TimeSpan.FromMilliseconds(50);
}
