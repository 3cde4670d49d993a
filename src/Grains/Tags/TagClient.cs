using CacheOrleans.Storage;
using Orleans.Runtime.Services;

namespace CacheOrleans.Grains.Tags;

/// <summary>Tells every silo that a tag was invalidated, and learns from them what a former activation told.</summary>
internal sealed class TagClient(
    IServiceProvider services, IClusterMembershipService membership, TimeProvider time, TagDiagnostics diagnostics)
    : GrainServiceClient<ITagService>(services)
{
    /// <summary>How long a silo is tried to be told; what it has not taken then, it asks for.</summary>
    private static readonly TimeSpan PushLimit = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a silo that may be dead and not known to be is waited for.</summary>
    private static readonly TimeSpan ReadLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>The silos that may answer from what they hold: one that shuts down does, until its entries are gone.
    /// </summary>
    private IEnumerable<SiloAddress> Serving => membership.CurrentSnapshot.Members.Values
        .Where(member => IsServing(member.Status))
        .Select(member => member.SiloAddress);

    /// <summary>Tells every silo a tag's new version.</summary>
    /// <returns>Ends when all have taken it or could not be reached for a second.</returns>
    public async Task PushAsync(string tag, Stamp version)
    {
        var areTold = await Task.WhenAll(Serving.Select(silo => PushAsync(silo, tag, version)));
        diagnostics.OnPushed(areTold.Count(isTold => !isTold));
    }

    /// <summary>Asks every silo for the version it knows, all at once; one that does not answer is left out.</summary>
    /// <returns>The highest; null when none knows the tag.</returns>
    public async Task<Stamp?> ReadAsync(string tag)
    {
        var known = (await Task.WhenAll(Serving.Select(silo => ReadAsync(silo, tag)))).Max();
        return known is { } version ? new Stamp(version) : null;
    }

    private async Task<bool> PushAsync(SiloAddress silo, string tag, Stamp version)
    {
        var start = time.GetTimestamp();
        while (PushLimit - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
        {
            try
            {
                var call = GetGrainService(silo).ApplyAsync(tag, version.Value);
                call.Ignore(); // it may fail long after nobody waits for it
                await call.WaitAsync(left, time);
                return true;
            }
            catch (Exception) // it was not told, whatever the reason
            {
                if (!IsServing(membership.CurrentSnapshot.GetSiloStatus(silo)))
                {
                    return true;
                }

                await Task.Delay(Pause, time);
            }
        }

        return false;
    }

    private async Task<long?> ReadAsync(SiloAddress silo, string tag)
    {
        try
        {
            var call = GetGrainService(silo).ReadAsync(tag);
            call.Ignore(); // as above
            return await call.WaitAsync(ReadLimit, time);
        }
        catch (Exception) // no answer, whatever the reason
        {
            return null;
        }
    }

    private static bool IsServing(SiloStatus status) => status is SiloStatus.Active or SiloStatus.ShuttingDown;
}
