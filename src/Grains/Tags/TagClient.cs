using CacheOrleans.Storage;
using Orleans.Runtime.Services;

namespace CacheOrleans.Grains.Tags;

/// <summary>Announces invalidated tags and ended caches to every silo, and reads from them the versions they know.
/// </summary>
internal sealed class TagClient(
    IServiceProvider services,
    IClusterMembershipService membership,
    CacheFloors floors,
    TimeProvider time,
    TagDiagnostics diagnostics)
    : GrainServiceClient<ITagService>(services)
{
    /// <summary>How long an announcement to a silo is retried; a silo that missed it asks for the version later.
    /// </summary>
    private static readonly TimeSpan PushLimit = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait for a silo that may be dead without the membership knowing it.</summary>
    private static readonly TimeSpan ReadLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>The silos that may serve entries from memory: also one that shuts down, until its entries are gone.
    /// </summary>
    private IEnumerable<SiloAddress> Serving => membership.CurrentSnapshot.Members.Values
        .Where(member => IsServing(member.Status))
        .Select(member => member.SiloAddress);

    /// <summary>Announces a tag's new version to every silo.</summary>
    /// <returns>A task that ends when each silo has applied the version or could not be reached for a second.</returns>
    public Task PushAsync(string tag, Stamp version) => NotifyAllAsync(silo => silo.ApplyAsync(tag, version.Value));

    /// <summary>Announces to every silo, including this one, that a cache was ended.</summary>
    /// <inheritdoc cref="PushAsync(string, Stamp)" path="/returns"/>
    public Task EndCacheAsync(string cache, Stamp version) =>
        NotifyAllAsync(silo => silo.EndCacheAsync(cache, version.Value));

    /// <summary>Ends a cache, and has every silo remove the cache's entries that it owns.</summary>
    /// <exception cref="TimeoutException">A silo did not respond.</exception>
    public async Task EndEntriesAsync(string cache)
    {
        var version = Stamp.Next(time.GetUtcNow(), floors.Of(cache));
        await EndCacheAsync(cache, version);
        await Task.WhenAll(Serving.Select(silo => GetGrainService(silo).RemoveEntriesAsync(cache, version.Value)));
    }

    /// <summary>Asks every silo in parallel for the version that it knows; silos that do not respond are left out.
    /// </summary>
    /// <returns>The highest version; null if no silo knows the tag.</returns>
    public async Task<Stamp?> ReadAsync(string tag)
    {
        var known = (await Task.WhenAll(Serving.Select(silo => AskAsync(silo, other => other.ReadAsync(tag))))).Max();
        return known is { } version ? new Stamp(version) : null;
    }

    /// <summary>Asks all silos, or the one whose turn it is, for the ended caches that they know.</summary>
    /// <param name="turn">0 for all silos; otherwise a counter that selects one of them.</param>
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

    private async Task NotifyAllAsync(Func<ITagService, Task> notify)
    {
        var areNotified = await Task.WhenAll(Serving.Select(silo => NotifyAsync(silo, notify)));
        diagnostics.OnPushed(areNotified.Count(isNotified => !isNotified));
    }

    private async Task<bool> NotifyAsync(SiloAddress silo, Func<ITagService, Task> notify)
    {
        var start = time.GetTimestamp();
        while (PushLimit - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
        {
            try
            {
                var call = notify(GetGrainService(silo));
                call.Ignore(); // it may fail long after this method has stopped waiting for it
                await call.WaitAsync(left, time);
                return true;
            }
            catch (Exception) // whatever the reason, the silo may not have been notified
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
        catch (Exception) // any failure means no answer
        {
            return default;
        }
    }

    private static bool IsServing(SiloStatus status) => status is SiloStatus.Active or SiloStatus.ShuttingDown;
}
