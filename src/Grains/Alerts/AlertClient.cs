using CacheOrleans.Alerts;
using Orleans.Runtime.Services;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Sends the table of the coordinator of alerts to every silo, and reads the predecessor's table from them.
/// </summary>
internal sealed class AlertClient(IServiceProvider services, IClusterMembershipService membership, TimeProvider time)
    : GrainServiceClient<IAlertService>(services)
{
    /// <summary>The longest wait of a new coordinator for a silo that may be dead without the membership knowing it. It
    /// is shorter than the second after which a report times out.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    private IEnumerable<SiloAddress> Active => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status == SiloStatus.Active)
        .Select(member => member.SiloAddress);

    /// <summary>Sends a table to every active silo without waiting for any.</summary>
    /// <remarks>A silo that misses a table gets it with the answer to its next report.</remarks>
    public void Push(AlertTable table)
    {
        foreach (var silo in Active)
        {
            GetGrainService(silo).ApplyAsync(table).Ignore();
        }
    }

    /// <summary>Asks every active silo in parallel for the table that it carries; silos that do not respond are left
    /// out.</summary>
    public async Task<IReadOnlyList<AlertTable>> PullAsync(CancellationToken cancellationToken)
    {
        var tables = await Task.WhenAll(Active.Select(silo => ReadAsync(silo, cancellationToken)));
        return [.. tables.OfType<AlertTable>()];
    }

    private async Task<AlertTable?> ReadAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        try
        {
            var call = GetGrainService(silo).ReadAsync();
            call.Ignore(); // it may fail long after this method has stopped waiting for it
            return await call.WaitAsync(Limit, time, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested) // any failure means no answer
        {
            return null;
        }
    }
}
