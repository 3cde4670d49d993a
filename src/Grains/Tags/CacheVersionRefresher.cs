using CacheOrleans.Grains.Coordination;

namespace CacheOrleans.Grains.Tags;

/// <summary>Learns from other silos which caches were ended, for as long as the silo runs.</summary>
/// <remarks>What they tell at once may be lost, and a silo that starts has not been told. A start asks all, then each
/// is asked in turn.</remarks>
internal sealed class CacheVersionRefresher : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly TagClient _silos;
    private readonly CacheFloors _floors;
    private readonly ReportLoop _loop;
    private int _turn;

    public CacheVersionRefresher(
        TagClient silos, CacheFloors floors, TimeProvider time, TagDiagnostics diagnostics)
    {
        _silos = silos;
        _floors = floors;
        _loop = new ReportLoop(
            RefreshAsync, stopping => Task.Delay(TagRefresher.Interval, time, stopping), diagnostics.OnError);
    }

    public void Participate(ISiloLifecycle observer) => observer.Subscribe<CacheVersionRefresher>(
        ServiceLifecycleStage.Active, _loop.StartAsync, _loop.StopAsync);

    public void Dispose() => _loop.Dispose();

    private async Task RefreshAsync(CancellationToken stopping)
    {
        foreach (var (cache, version) in await _silos.ReadCachesAsync(_turn++).WaitAsync(stopping))
        {
            _floors.Raise(cache, new(version));
        }
    }
}
