namespace CacheOrleans.Client.Connection;

/// <summary>How a call is made.</summary>
/// <param name="MaxWait">How long the silos may take of their own accord.</param>
/// <param name="ResponseTimeout">How long they may be silent beyond that.</param>
/// <param name="Key">The key whose owner is called, where its silences are remembered; null: nothing is
/// remembered.</param>
/// <param name="CanRepeat">Whether it does no harm if the call arrives once more, and late.</param>
internal readonly record struct CallLimits(
    TimeSpan MaxWait, TimeSpan ResponseTimeout, string? Key = null, bool CanRepeat = false)
{
    /// <summary>An answer that takes longer is looked after.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the answer may take.</summary>
    public TimeSpan Limit => MaxWait + ResponseTimeout;

    /// <summary>When the silos are looked after that the call may have met.</summary>
    public TimeSpan CheckAfter => MaxWait + (ResponseTimeout / 2 < Early ? ResponseTimeout / 2 : Early);
}
