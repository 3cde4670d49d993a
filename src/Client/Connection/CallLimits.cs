namespace CacheOrleans.Client.Connection;

/// <summary>The time limits of a call, and whether it may be repeated.</summary>
/// <param name="MaxWait">How long the silos are allowed to take before they reply.</param>
/// <param name="ResponseTimeout">How long the caller waits for the response beyond that.</param>
/// <param name="Key">The key whose owner is called and is remembered if it does not respond; null: nothing is
/// remembered.</param>
/// <param name="CanRepeat">Whether it does no harm if the call arrives a second time, and late.</param>
internal readonly record struct CallLimits(
    TimeSpan MaxWait, TimeSpan ResponseTimeout, string? Key = null, bool CanRepeat = false)
{
    /// <summary>The longest time, beyond <see cref="MaxWait"/>, after which the silos on the way of a slow call are
    /// checked.</summary>
    private static readonly TimeSpan MaxCheckDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the response may take in total.</summary>
    public TimeSpan Limit => MaxWait + ResponseTimeout;

    /// <summary>The time after which the client checks the silos that the call may depend on.</summary>
    public TimeSpan CheckAfter =>
        MaxWait + (ResponseTimeout / 2 < MaxCheckDelay ? ResponseTimeout / 2 : MaxCheckDelay);
}
