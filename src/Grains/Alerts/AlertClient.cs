using CacheOrleans.Alerts;
using Orleans.Runtime.Services;

namespace CacheOrleans.Grains.Alerts;

/// <summary>Tells every silo what the coordinator of alerts knows, and learns from them what its predecessor knew.
/// </summary>
internal sealed class AlertClient(IServiceProvider services, IClusterMembershipService membership, TimeProvider time)
    : GrainServiceClient<IAlertService>(services)
{
    /// <summary>How long a new coordinator waits for a silo that may be dead and not known to be; a report has a
    /// second.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    private IEnumerable<SiloAddress> Active => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status == SiloStatus.Active)
        .Select(member => member.SiloAddress);

    /// <summary>Sends a table to every active silo, and waits for none.</summary>
    /// <remarks>What is lost on the way comes with the answer to the silo's next report.</remarks>
    public void Push(AlertTable table)
    {
        foreach (var silo in Active)
        {
            GetGrainService(silo).ApplyAsync(table).Ignore();
        }
    }

    /// <summary>Asks every active silo for the table it carries, all at once; one that does not answer is left out.
    /// </summary>
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
            call.Ignore(); // it may fail long after nobody waits for it
            return await call.WaitAsync(Limit, time, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested) // no answer, whatever the reason
        {
            return null;
        }
    }
}
