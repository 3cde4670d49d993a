using CacheOrleans.Breaker;
using CacheOrleans.Grains.Breaker;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CacheOrleans.Grains.Tests.Breaker;

/// <summary>One silo: its store, and the breaker replica that its readers and writers ask.</summary>
internal sealed class BreakerSiloHandle(InProcessSiloHandle handle)
{
    private static readonly StoreFailure Gone = new(StoreFailureKind.Connection, new IOException("gone"));

    private readonly BreakerReporter _reporter = handle.ServiceProvider
        .GetServices<ILifecycleParticipant<ISiloLifecycle>>().OfType<BreakerReporter>().Single();

    public InProcessSiloHandle Handle => handle;

    public IServiceProvider Services => handle.ServiceProvider;

    public FakeStore Store { get; } = handle.ServiceProvider.GetRequiredService<FakeStore>();

    public BreakerReplica Replica { get; } = handle.ServiceProvider.GetRequiredService<BreakerReplica>();

    public IBreakerGate Gate { get; } = handle.ServiceProvider.GetRequiredService<IBreakerGate>();

    /// <summary>Whether no report is due or under way, and the answer to the last one has been applied.</summary>
    public bool IsCalm => _reporter.IsIdle && Replica.UntilReport() > TimeSpan.Zero;

    public BreakerState State => Replica.View.State;

    public bool Admits => Gate.TryEnter(out _);

    /// <summary>Makes reads and writes fail, or succeed again.</summary>
    public void Break(bool reads = true, bool writes = true) =>
        (Store.ReadFailure, Store.WriteFailure) = (reads ? Gone : null, writes ? Gone : null);

    public void Mend() => Break(false, false);

    /// <summary>Reads as a reader does; returns false if the store was skipped.</summary>
    public async Task<bool> ReadAsync(string cache = "user")
    {
        if (!Gate.TryEnter(out var pass))
        {
            return false;
        }

        var read = await Store.ReadAsync(new StoreKey(cache, "key"), CancellationToken.None);
        ReportResult(pass, StoreOperation.Read, cache, read.Failure);
        return true;
    }

    /// <summary>Writes as a writer does; returns false if the store was skipped.</summary>
    public async Task<bool> WriteAsync(string cache = "user")
    {
        if (!Gate.TryEnter(out var pass))
        {
            return false;
        }

        var record = new StoreRecord([1], new Stamp(1), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        var write = new StoreWrite(new StoreKey(cache, "key"), record, record.ExpiresAt);
        var written = await Store.WriteAsync([write], CancellationToken.None);
        ReportResult(pass, StoreOperation.Write, cache, written[0].Failure);
        return true;
    }

    /// <summary>Makes a number of reads fail, of two caches in turn.</summary>
    public async Task FailAsync(int count, params string[] caches)
    {
        string[] names = caches.Length == 0 ? ["user", "plain"] : caches;
        Break();
        for (var i = 0; i < count; i++)
        {
            Assert.True(await ReadAsync(names[i % names.Length]), $"Read {i} was skipped.");
        }
    }

    private void ReportResult(BreakerPass pass, StoreOperation operation, string cache, StoreFailure? failure)
    {
        if (failure is null)
        {
            Gate.OnSuccess(pass, operation);
        }
        else
        {
            Gate.OnFailure(pass, operation, cache, failure);
        }
    }
}
