using CacheOrleans.Client.Connection;

namespace CacheOrleans.Client.Flights;

/// <summary>Loads under a lease: keeps it while the fallback runs, and tells its owner how that ended.</summary>
internal sealed class LeaseRun(FlightServices services, string key, Guid lease)
{
    /// <summary>How often a lease, which lasts two seconds, is renewed.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromMilliseconds(500);

    /// <summary>Renews the lease until a load has ended.</summary>
    /// <returns>The load's result.</returns>
    public Task<T> HoldAsync<T>(Task<T> load)
    {
        _ = RenewAsync(load);
        return load;
    }

    /// <summary>Brings the value.</summary>
    public async Task<Reached<LeaseOutcome>> CompleteAsync(
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
            return new(IsReached: true, new(IsKept: false, Stamp: 0, TimeSpan.Zero));
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

    private async Task RenewAsync(Task load)
    {
        try
        {
            while (!services.Stopping.IsCancellationRequested && !await HasEndedAsync(load).ConfigureAwait(false))
            {
                var renewal = await services.Owners.RenewAsync(key, lease).ConfigureAwait(false);
                if (renewal is { IsReached: true, Answer: false })
                {
                    return; // lost; the load goes on for who waits here
                }
            }
        }
#pragma warning disable CA1031 // A lease that cannot be renewed ends, which harms nobody.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private async Task<bool> HasEndedAsync(Task load)
    {
        await load.WaitAsync(Renewal, services.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return load.IsCompleted;
    }
}
