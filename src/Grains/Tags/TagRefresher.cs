using CacheOrleans.Grains.Coordination;
using CacheOrleans.Tags;

namespace CacheOrleans.Grains.Tags;

/// <summary>Reads the versions of the tags in use again and again, as long as the silo runs.</summary>
/// <remarks>An announcement of a tag's grain may be lost; this bounds how long that goes unnoticed. The silo's start
/// waits for the version of the tag of everything, because every entry that is read from the store is checked against
/// it. If the version cannot be found out, the silo starts without it.</remarks>
internal sealed class TagRefresher : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>The time between two rounds, and so the longest time that a lost announcement goes unnoticed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The most requests at a time.</summary>
    private const int MaxConcurrency = 32;

    private readonly TagReplica _replica;
    private readonly TagHolders _holders;
    private readonly ReportLoop _loop;

    public TagRefresher(TagReplica replica, TagHolders holders, TimeProvider time, TagDiagnostics diagnostics)
    {
        _replica = replica;
        _holders = holders;
        _loop = new ReportLoop(
            RefreshAsync, stopping => Task.Delay(Interval, time, stopping), time, diagnostics.OnError);
    }

    /// <inheritdoc cref="ReportLoop.IsIdle"/>
    public bool IsIdle => _loop.IsIdle;

    public void Participate(ISiloLifecycle observer) => observer.Subscribe<TagRefresher>(
        ServiceLifecycleStage.Active, _loop.StartAsync, _loop.StopAsync);

    public void Dispose() => _loop.Dispose();

    private Task RefreshAsync(CancellationToken stopping)
    {
        _holders.Prune();
        return Parallel.ForEachAsync(
            _replica.Floors.TakeUsed().Prepend(CacheTags.Everything),
            new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrency, CancellationToken = stopping },
            async (tag, cancellationToken) => await _replica.AskAsync(tag).WaitAsync(cancellationToken));
    }
}
