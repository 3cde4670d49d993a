using CacheOrleans.Breaker;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CacheOrleans.Grains.Tests.Breaker;

public sealed class BreakerProbeTests : IDisposable
{
    private static readonly BreakerPermit Permit = new(1, TimeSpan.FromSeconds(5));

    private readonly BreakerClock _time = new();
    private readonly FakeStore _store = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Try_StoreIsHealthy_Succeeds() => Assert.True(await TryAsync());

    [Fact]
    public async Task Try_StoreIsOutOfMemory_Fails()
    {
        _store.WriteFailure = new StoreFailure(StoreFailureKind.OutOfMemory, new IOException("OOM"));

        Assert.False(await TryAsync());
    }

    [Fact]
    public async Task Try_StoreHangs_FailsWhenThePermitExpires()
    {
        _store.ProbeGate = new TaskCompletionSource().Task;
        var probe = TryAsync();
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(probe.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(await probe);
    }

    [Fact]
    public async Task Try_StoreThrows_Fails()
    {
        _store.ProbeGate = Task.FromException(new InvalidOperationException("a bug"));

        Assert.False(await TryAsync());
    }

    private Task<bool> TryAsync()
    {
        var metrics = ActivatorUtilities.CreateInstance<BreakerMetrics>(_services);
        var diagnostics = new BreakerDiagnostics(metrics, NullLogger<BreakerDiagnostics>.Instance);
        return new BreakerProbe(_store, _time, diagnostics).TryAsync(Permit, CancellationToken.None);
    }
}
