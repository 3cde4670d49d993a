using CacheOrleans.Grains.Coordination;
using CacheOrleans.Tags;

namespace CacheOrleans.Grains.Tags;

/// <summary>Asks again for the versions of the tags in use, for as long as the silo runs.</summary>
/// <remarks>What a tag's grain tells at once may be lost; this bounds for how long. A start waits until the version of
/// everything is known, as far as it can be: every entry that is read from the store is judged by it.</remarks>
internal sealed class TagRefresher : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>The time between two rounds, and so the longest that a message which was lost goes unnoticed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How many questions are under way at a time.</summary>
    private const int Breadth = 32;

    private readonly TagReplica _replica;
    private readonly TagHolders _holders;
    private readonly TimeProvider _time;
    private readonly ReportLoop _loop;

    public TagRefresher(TagReplica replica, TagHolders holders, TimeProvider time, TagDiagnostics diagnostics)
    {
        _replica = replica;
        _holders = holders;
        _time = time;
        _loop = new ReportLoop(
            RefreshAsync, stopping => Task.Delay(Interval, _time, stopping), diagnostics.OnError);
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
            new ParallelOptions { MaxDegreeOfParallelism = Breadth, CancellationToken = stopping },
            async (tag, cancellationToken) => await _replica.AskAsync(tag).WaitAsync(cancellationToken));
    }
}
