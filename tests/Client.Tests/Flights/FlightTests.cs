using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Flights;
using CacheOrleans.Client.Near;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests.Flights;

public sealed class FlightTests
{
    private static readonly Decoded<string> Value = new(CachedValue<string>.Shared("all", length: 3), "first");

    [Fact]
    public async Task Take_TheFirstCallerHasTheFirstInstance_TheOthersTheirOwn_BeforeTheEndAndAfter()
    {
        var flight = new FakeFlight();
        var first = flight.TakeFirstAsync(CancellationToken.None);
        var second = flight.TakeAsync(isFirst: false, CancellationToken.None);

        flight.EndWith(Value);

        Assert.Equal("first", await first);
        Assert.Equal(new CacheResult<string>(IsFound: true, "all"), await second);
        Assert.Equal("all", await flight.TakeSharedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Take_TheFirstCallerComesAfterTheEnd_HasTheFirstInstance()
    {
        var flight = new FakeFlight();
        flight.EndWith(Value);

        Assert.Equal("first", await flight.TakeFirstAsync(CancellationToken.None));
        Assert.Equal("all", await flight.TakeSharedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Take_BesideTheEnd_EveryCallerHasTheValue()
    {
        for (var round = 0; round < 20_000; round++)
        {
            var flight = new FakeFlight();
            using var start = new Barrier(2);
            var ends = Task.Run(() =>
            {
                start.SignalAndWait();
                flight.EndWith(Value);
            });
            start.SignalAndWait();
            Task<string?>[] callers =
            [
                flight.TakeFirstAsync(CancellationToken.None),
                flight.TakeSharedAsync(CancellationToken.None),
                flight.TakeSharedAsync(CancellationToken.None),
            ];
            await ends;

            await Eventually.TrueAsync(() => callers.All(caller => caller.IsCompleted), "all have the value");
            Assert.Equal(["first", "all", "all"], callers.Select(caller => caller.Result));
        }
    }

    [Fact]
    public async Task Take_OfAFlightThatFails_EveryCallerHasTheError_AndWhoHasGivenUpIsNotMissed()
    {
        var flight = new FakeFlight();
        using var gone = new CancellationTokenSource();
        var first = flight.TakeFirstAsync(CancellationToken.None);
        var second = flight.TakeAsync(isFirst: false, CancellationToken.None);
        var third = flight.TakeSharedAsync(gone.Token);
        await gone.CancelAsync();

        flight.Fail(new IOException("gone"));

        await Assert.ThrowsAsync<IOException>(async () => await first);
        await Assert.ThrowsAsync<IOException>(async () => await second);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await third);
        await Assert.ThrowsAsync<IOException>(async () => await flight.TakeSharedAsync(CancellationToken.None));
    }

    private sealed class FakeFlight() : Flight<string>(new NearTicket(), new NearTags())
    {
        public override Task RunAsync() => Task.CompletedTask;

        public void EndWith(Decoded<string> landed)
        {
            LandLast(landed);
            End();
        }
    }
}
