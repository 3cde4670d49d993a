using CacheOrleans.Alerts;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Alerts;

/// <summary>Which alerts lookups cause.</summary>
public sealed class AlertLookupTests
{
    private static readonly StoreFailure Gone = new(StoreFailureKind.Connection, new IOException("gone"));

    [Fact]
    [Trait("Row", "L4")]
    public async Task StoreFails_SendsOneMessage_WithTheStageAndTheError()
    {
        await using var cluster = await AlertCluster.StartAsync(1);
        cluster[0].Silo.Store.ReadFailure = Gone;

        await LookUpAsync(cluster, 5);

        Assert.Equal("user Failing", await cluster.StoryAsync());
        var failure = Assert.Single(await cluster.ArrivedAsync(1)).Failure!;
        Assert.Equal((AlertStage.Read, typeof(IOException).FullName), (failure.Stage, failure.ErrorType));
        Assert.Equal(4, cluster[0].Replica.Suppressed);
    }

    [Fact]
    [Trait("Row", "L4")]
    public async Task FallbackFails_SendsOneMessage_WithItsError()
    {
        await using var cluster = await AlertCluster.StartAsync(1);
        cluster.Loader.Answer = (_, _, _) => throw new NotSupportedException("no database");

        await LookUpAsync(cluster, 5);

        Assert.Equal("user Failing", await cluster.StoryAsync());
        var failure = Assert.Single(await cluster.ArrivedAsync(1)).Failure!;
        Assert.Equal((AlertStage.Fallback, typeof(NotSupportedException).FullName), (failure.Stage, failure.ErrorType));
        Assert.StartsWith("System.NotSupportedException: no database", failure.Trace, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "W5")]
    public async Task WriteFails_SendsOneMessage_WithTheStage()
    {
        await using var cluster = await AlertCluster.StartAsync(1);

        cluster[0].Fail("user", AlertStage.Store, 5);

        Assert.Equal("user Failing", await cluster.StoryAsync());
        Assert.Equal(AlertStage.Store, Assert.Single(await cluster.ArrivedAsync(1)).Failure!.Stage);
    }

    [Fact]
    [Trait("Row", "L4")]
    public async Task MissOrSkippedStore_SendsNoMessage()
    {
        await using var cluster = await AlertCluster.StartAsync(1);
        await LookUpAsync(cluster, 5);
        Assert.Equal("", await cluster.StoryAsync());

        await cluster.Breaker.Breaker.IsolateAsync();
        await cluster.Breaker.AllAsync(CacheOrleans.Breaker.BreakerState.Isolated);
        cluster[0].Silo.Store.ReadFailure = Gone;
        await LookUpAsync(cluster, 5, from: 100);

        Assert.All(await cluster.DecidedAsync(), notice => Assert.Equal(AlertKey.BreakerChange, notice.Key));
    }

    [Fact]
    public async Task StoreFails_WorksAgain_IsResolved()
    {
        await using var cluster = await AlertCluster.StartAsync(1);
        cluster[0].Silo.Store.ReadFailure = Gone;
        await LookUpAsync(cluster, 3);
        cluster[0].Silo.Store.ReadFailure = null;
        await cluster.PassAsync(TimeSpan.FromSeconds(30));
        await LookUpAsync(cluster, 1, from: 100);

        await cluster.PassAsync(TimeSpan.FromSeconds(40));

        Assert.Equal("user Failing, user Resolved", await cluster.StoryAsync());
    }

    [Theory]
    [Trait("Row", "A7")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ChannelHangsOrThrows_LookupsAnswer(bool hangs)
    {
        var channels = new List<FakeChannel>();
        await using var cluster = await AlertCluster.StartAsync(1, silo =>
        {
            var channel = new FakeChannel(TimeProvider.System, "broken")
            {
                Answer = (_, _) => hangs
                    ? FakeChannel.HangAsync(CancellationToken.None)
                    : throw new NotSupportedException("no"),
            };
            channels.Add(channel);
            silo.Services.AddSingleton<IAlertChannel>(channel);
        });
        cluster[0].Silo.Store.ReadFailure = Gone;
        await LookUpAsync(cluster, 1);
        await cluster.ArrivedAsync(1);

        var values = await LookUpAsync(cluster, 50, from: 100);

        Assert.All(values, value => Assert.NotNull(value));
        Assert.Single(Assert.Single(channels).Begun);
    }

    /// <summary>Looks up entries that have not been requested before.</summary>
    private static async Task<IReadOnlyList<byte[]?>> LookUpAsync(AlertCluster cluster, int count, int from = 0)
    {
        var values = new List<byte[]?>();
        for (var id = from; id < from + count; id++)
        {
            try
            {
                var entry = cluster.Breaker.Cluster.Client.GetGrain<ICacheEntryGrain>($"user/v1?user_id={id}");
                values.Add((await entry.GetAsync()).Value);
            }
            catch (CacheFallbackException)
            {
                values.Add(null);
            }
        }

        return values;
    }
}
