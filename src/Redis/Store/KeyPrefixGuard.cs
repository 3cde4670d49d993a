using CacheOrleans.Storage;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace CacheOrleans.Redis.Store;

/// <summary>Claims the key prefix before the silo starts, and renews the claim while the silo runs.</summary>
/// <remarks>
/// A Redis that does not respond does not fail the start. The store then claims the prefix with its first call. If
/// another cluster has it then, and still has it at a second check, the guard ends with a
/// <see cref="KeyPrefixTakenException"/>, which stops the host. A silo that has used the prefix continues without
/// Redis, because the other cluster may be the one with the wrong setting.
/// </remarks>
internal sealed class KeyPrefixGuard(
    RedisConnection connection, TimedCalls calls, IBreakerGate gate, TimeProvider time) : BackgroundService
{
    /// <summary>How often the claim is renewed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <exception cref="KeyPrefixTakenException">Another cluster has the prefix.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryClaimAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            // While the breaker is open, nothing is sent to Redis; the store claims the prefix with its next call.
            // Another cluster's mark opens the breaker itself, so the mark is checked in any case.
            if (!connection.Prefix.IsTaken && !gate.TryEnter(out _))
            {
                continue;
            }

            try
            {
                await TryClaimAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (KeyPrefixTakenException taken) when (!taken.IsFinal)
            {
                // It has been logged. The store fails every call until the prefix is free.
            }
        }
    }

    private async Task TryClaimAsync(CancellationToken cancellationToken)
    {
        var limit = connection.Options.ConnectTimeout;
        try
        {
            var database = await connection.GetDatabaseAsync(limit, cancellationToken).ConfigureAwait(false);
            await connection.Prefix.ClaimAsync(database, calls, limit, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // Redis is unavailable; nothing is read or written there meanwhile.
        }
    }
}
