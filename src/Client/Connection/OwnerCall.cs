namespace CacheOrleans.Client.Connection;

/// <summary>A grain call that can be made more than once.</summary>
/// <typeparam name="TState">The type of <paramref name="State"/>.</typeparam>
/// <typeparam name="T">The type of the answer.</typeparam>
/// <param name="State">Passed to <paramref name="Call"/>.</param>
/// <param name="Call">Makes the call.</param>
internal readonly record struct OwnerCall<TState, T>(TState State, Func<ClusterLink, TState, Task<T>> Call);

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

/// <summary>The result of a call.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
/// <param name="IsAnswered">Whether the call was answered.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Error">The error because of which there is no answer, if it is known.</param>
internal readonly record struct CallResult<T>(bool IsAnswered, T? Answer, Exception? Error = null);
