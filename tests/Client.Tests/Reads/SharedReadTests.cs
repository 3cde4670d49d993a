using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;
using CacheOrleans.Client.Reads;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests.Reads;

public sealed class SharedReadTests
{
    private static readonly Decoded<string> Value = new(CachedValue<string>.Shared("all", length: 3), "first");

    [Fact]
    public async Task Take_BeforeAndAfterTheEnd_OnlyTheFirstCallerHasTheFirstInstance()
    {
        var sharedRead = new FakeSharedRead();
        var first = sharedRead.TakeFirstAsync(CancellationToken.None);
        var second = sharedRead.TakeAsync(isFirst: false, CancellationToken.None);

        sharedRead.CompleteWith(Value);

        Assert.Equal("first", await first);
        Assert.Equal(new CacheResult<string>(IsFound: true, "all"), await second);
        Assert.Equal("all", await sharedRead.TakeSharedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Take_FirstCallerAfterTheEnd_HasTheFirstInstance()
    {
        var sharedRead = new FakeSharedRead();
        sharedRead.CompleteWith(Value);

        Assert.Equal("first", await sharedRead.TakeFirstAsync(CancellationToken.None));
        Assert.Equal("all", await sharedRead.TakeSharedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Take_DuringTheEnd_EveryCallerHasTheValue()
    {
        for (var round = 0; round < 20_000; round++)
        {
            var sharedRead = new FakeSharedRead();
            using var start = new Barrier(2);
            var ends = Task.Run(() =>
            {
                start.SignalAndWait();
                sharedRead.CompleteWith(Value);
            });
            start.SignalAndWait();
            Task<string?>[] callers =
            [
                sharedRead.TakeFirstAsync(CancellationToken.None),
                sharedRead.TakeSharedAsync(CancellationToken.None),
                sharedRead.TakeSharedAsync(CancellationToken.None),
            ];
            await ends;

            await Eventually.TrueAsync(() => callers.All(caller => caller.IsCompleted), "all callers have completed");
            Assert.Equal(["first", "all", "all"], callers.Select(caller => caller.Result));
        }
    }

    [Fact]
    public async Task Take_ReadFails_EveryRemainingCallerHasTheError()
    {
        var sharedRead = new FakeSharedRead();
        using var gone = new CancellationTokenSource();
        var first = sharedRead.TakeFirstAsync(CancellationToken.None);
        var second = sharedRead.TakeAsync(isFirst: false, CancellationToken.None);
        var third = sharedRead.TakeSharedAsync(gone.Token);
        await gone.CancelAsync();

        sharedRead.Fail(new IOException("gone"));

        await Assert.ThrowsAsync<IOException>(async () => await first);
        await Assert.ThrowsAsync<IOException>(async () => await second);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await third);
        await Assert.ThrowsAsync<IOException>(async () => await sharedRead.TakeSharedAsync(CancellationToken.None));
    }

    private sealed class FakeSharedRead() : SharedRead<string>(new KeyVersion(), new NearTags())
    {
        public override Task RunAsync() => Task.CompletedTask;

        public void CompleteWith(Decoded<string> decoded)
        {
            Complete(decoded);
            End();
        }
    }
}
