using CacheOrleans.Grains.Coordination;

namespace CacheOrleans.Grains.Tags;

/// <summary>Reads from other silos which caches were ended, as long as the silo runs.</summary>
/// <remarks>An announcement may be lost, and a silo that starts has received none. The silo asks all others when it
/// starts, and then one after the other.</remarks>
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
            RefreshAsync, stopping => Task.Delay(TagRefresher.Interval, time, stopping), time, diagnostics.OnError);
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
