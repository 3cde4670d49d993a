using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Startup;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace CacheOrleans.Silo.Clustering;

/// <summary>Stops a silo that is no longer in the membership table, so that a restart makes it join again.</summary>
/// <remarks>
/// After the table was emptied, running silos go on talking to each other while new silos form a cluster of their own;
/// Orleans does not notice. An unreachable table is no reason to stop: the silos continue with the members they know.
/// </remarks>
internal sealed class MembershipGuard(
    IMembershipTable table,
    ILocalSiloDetails self,
    StopReason stop,
    IOptions<GuardSettings> settings,
    IOptions<ClusterMembershipOptions> membership,
    TimeProvider time,
    ILogger<MembershipGuard> logger) : BackgroundService
{
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(5);

    private bool _isUnreadable;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watch = new MembershipWatch(settings.Value.Checks);
        using var timer = new PeriodicTimer(settings.Value.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (watch.Look(await LookAsync(stoppingToken)))
            {
                Log.LostFromMembership(logger, self.SiloAddress, settings.Value.Checks);
                // There is no row to update: Orleans would try to leave the cluster for longer than a stop may take,
                // and the waiting writes would not be drained.
                membership.Value.MaxJoinAttemptTime = TimeSpan.FromSeconds(1);
                stop.Request(ExitCode.LostFromMembership);
                return;
            }
        }
    }

    /// <remarks>The guard stops before the silo does. Without this limit, Orleans would try for minutes to record in an
    /// unreachable table that this silo leaves.</remarks>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        if (membership.Value.MaxJoinAttemptTime > LeaveLimit)
        {
            membership.Value.MaxJoinAttemptTime = LeaveLimit;
        }

        return base.StopAsync(cancellationToken);
    }

    private async Task<MembershipSight> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await table.ReadAllAsync(cancellationToken);
            _isUnreadable = false;
            return found.TryGet(self.SiloAddress) is null ? MembershipSight.Absent : MembershipSight.Present;
        }
        catch (RedisClusteringException)
        {
            // Redis responded, but even the version of the table is gone: the table was emptied.
            return MembershipSight.Absent;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Any other error, whatever type the driver gives it, means that the table could not be read.
            LogOnce(exception);
            return MembershipSight.Unknown;
        }
    }

    private void LogOnce(Exception exception)
    {
        if (!_isUnreadable)
        {
            Log.MembershipUnreadable(logger, exception.Message);
        }

        _isUnreadable = true;
    }
}
