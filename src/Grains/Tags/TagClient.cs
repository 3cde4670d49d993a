using CacheOrleans.Storage;
using Orleans.Runtime.Services;

namespace CacheOrleans.Grains.Tags;

/// <summary>Tells every silo that a tag was invalidated or a cache ended, and learns from them what others have told.
/// </summary>
internal sealed class TagClient(
    IServiceProvider services,
    IClusterMembershipService membership,
    CacheFloors floors,
    TimeProvider time,
    TagDiagnostics diagnostics)
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
    public Task PushAsync(string tag, Stamp version) => TellAllAsync(silo => silo.ApplyAsync(tag, version.Value));

    /// <summary>Tells every silo, this one too, that a cache was ended.</summary>
    /// <inheritdoc cref="PushAsync(string, Stamp)" path="/returns"/>
    public Task EndCacheAsync(string cache, Stamp version) =>
        TellAllAsync(silo => silo.EndCacheAsync(cache, version.Value));

    /// <summary>Ends a cache, and has every silo remove the entries of it that it owns.</summary>
    /// <exception cref="TimeoutException">A silo did not answer.</exception>
    public async Task EndEntriesAsync(string cache)
    {
        var version = Stamp.Next(time.GetUtcNow(), floors.Of(cache));
        await EndCacheAsync(cache, version);
        await Task.WhenAll(Serving.Select(silo => GetGrainService(silo).RemoveEntriesAsync(cache, version.Value)));
    }

    /// <summary>Asks every silo for the version it knows, all at once; one that does not answer is left out.</summary>
    /// <returns>The highest; null when none knows the tag.</returns>
    public async Task<Stamp?> ReadAsync(string tag)
    {
        var known = (await Task.WhenAll(Serving.Select(silo => AskAsync(silo, other => other.ReadAsync(tag))))).Max();
        return known is { } version ? new Stamp(version) : null;
    }

    /// <summary>Asks silos for the caches that they know to be ended: all of them, or the one whose turn it is.
    /// </summary>
    /// <param name="turn">0: all; else which.</param>
    public async Task<IEnumerable<KeyValuePair<string, long>>> ReadCachesAsync(int turn)
    {
        List<SiloAddress> silos = [.. Serving];
        if (turn > 0 && silos.Count > 0)
        {
            silos = [silos[turn % silos.Count]];
        }

        var answers = await Task.WhenAll(silos.Select(silo => AskAsync(silo, other => other.ReadCachesAsync())));
        return answers.OfType<Dictionary<string, long>>().SelectMany(answer => answer);
    }

    private async Task TellAllAsync(Func<ITagService, Task> tell)
    {
        var areTold = await Task.WhenAll(Serving.Select(silo => TellAsync(silo, tell)));
        diagnostics.OnPushed(areTold.Count(isTold => !isTold));
    }

    private async Task<bool> TellAsync(SiloAddress silo, Func<ITagService, Task> tell)
    {
        var start = time.GetTimestamp();
        while (PushLimit - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
        {
            try
            {
                var call = tell(GetGrainService(silo));
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

    private async Task<T?> AskAsync<T>(SiloAddress silo, Func<ITagService, Task<T>> ask)
    {
        try
        {
            var call = ask(GetGrainService(silo));
            call.Ignore(); // as above
            return await call.WaitAsync(ReadLimit, time);
        }
        catch (Exception) // no answer, whatever the reason
        {
            return default;
        }
    }

    private static bool IsServing(SiloStatus status) => status is SiloStatus.Active or SiloStatus.ShuttingDown;
}
