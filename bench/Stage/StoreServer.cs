using CacheOrleans.Testing;

namespace CacheOrleans.Bench.Stage;

/// <summary>The Redis of a comparison, the same for both sides: <c>redis-server</c> if the machine has it, otherwise
/// Garnet in this process.</summary>
internal sealed class StoreServer : IDisposable
{
    private readonly RedisServer? _redis = RedisServer.TryLaunch();
    private readonly GarnetServer? _garnet;

    public StoreServer()
    {
        _garnet = _redis is null ? GarnetServer.Launch() : null;
    }

    public string ConnectionString => _redis?.ConnectionString ?? _garnet!.ConnectionString;

    /// <summary>Stops the server and closes every connection; its data is lost.</summary>
    public void Stop()
    {
        _redis?.Stop();
        _garnet?.Stop();
    }

    public void Start()
    {
        _redis?.Start();
        _garnet?.Start();
    }

    public void Dispose()
    {
        _redis?.Dispose();
        _garnet?.Dispose();
    }
}
