using CacheOrleans.Client.Connection;

namespace CacheOrleans.Client.Reads;

/// <summary>Keeps the lease that a fallback runs under, and tells its owner how that ended.</summary>
internal sealed class LeaseRun(ReadServices services, string key, Guid lease)
{
    /// <summary>Prolongs the lease, if it has not passed to another caller.</summary>
    /// <returns>Whether the owner answered that later callers must not share the load.</returns>
    public async Task<bool> RenewAsync()
    {
        try
        {
            var answer = await services.Owners.RenewAsync(key, lease).ConfigureAwait(false);
            return answer is { IsAnswered: true, Answer: false };
        }
#pragma warning disable CA1031 // An owner that cannot answer, as it does not know the cache yet, has no such lease.
        catch (Exception)
#pragma warning restore CA1031
        {
            return true;
        }
    }

    /// <summary>Brings the value.</summary>
    public async Task<CallResult<LeaseOutcome>> CompleteAsync(
        byte[]? value, TimeSpan? timeToLive, string[]? tags, CacheLife? life)
    {
        try
        {
            return await services.Owners.CompleteAsync(key, new(lease, value, timeToLive, tags, life))
                .ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The caller has the value; what the owner cannot take is not kept.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new(IsAnswered: true, new(IsKept: false, Stamp: 0, TimeSpan.Zero));
        }
    }

    /// <summary>Tells that the load has failed.</summary>
    public Task FailAsync(Exception error) => FailAsync(services.Errors.Pack(lease, error));

    /// <summary>Tells that there is a value which others cannot be given.</summary>
    public Task FailAsync(Type type) => FailAsync(LeaseErrors.PackValueWithoutBytes(lease, type.ToString()));

    /// <summary>Tells that nobody here waits for the load any more: somebody else may have the lease.</summary>
    public Task GiveUpAsync() => FailAsync(LeaseErrors.PackGivenUp(lease));

    private async Task FailAsync(LeaseFailure failure)
    {
        try
        {
            await services.Owners.FailAsync(key, failure).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The caller has its error; the lease ends by itself.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
