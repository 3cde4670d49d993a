using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Tests.Hybrid;

public sealed class HybridExpiryTests(HybridSubjects subjects) : IClassFixture<HybridSubjects>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Both]
    public async Task Expiration_Passed_EndsCopyAndValue(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await application.KeepAsync(key, "old", Lasting(2));

        Assert.Equal("old", await application.GetAsync(key, () => "new"));
        await Eventually.TrueAsync(
            async () => await application.DistributedAsync<string>(key) is null, "the value has expired");
        Assert.Null(await application.LocalAsync<string>(key));
        Assert.Equal("new", await application.GetAsync(key, () => "new"));
    }

    [Theory, Both]
    public async Task Expiration_NotSetByTheCall_IsTheDefault(Implementation implementation)
    {
        await using var application = subjects.Start(
            implementation, settings => settings.DefaultEntryOptions = Lasting(2));
        var (brief, lasting) = (HybridApplication.Key(), HybridApplication.Key());

        await application.Cache.SetAsync(brief, "brief", new() { Flags = 0 }, null, Cancellation);
        await application.Cache.SetAsync(lasting, "lasting", Lasting(60), null, Cancellation);

        await Eventually.TrueAsync(
            async () => await application.DistributedAsync<string>(brief) is null, "the value has expired");
        Assert.Equal("lasting", await application.DistributedAsync<string>(lasting));
    }

    [Theory, Both]
    public async Task LocalCacheExpiration_Passed_EndsOnlyTheCopy(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await application.KeepAsync(key, "value", Lasting(60, local: 0.3));

        await Eventually.TrueAsync(
            async () => await application.LocalAsync<string>(key) is null, "the copy has expired");
        Assert.Equal("value", await application.DistributedAsync<string>(key));
    }

    [Theory, Both]
    public async Task LocalCacheExpiration_WithASlowFactory_BeginsWhenItHasEnded(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (key, options) = (HybridApplication.Key(), new HybridCacheEntryOptions
        {
            Flags = HybridCacheEntryFlags.DisableDistributedCache,
            LocalCacheExpiration = TimeSpan.FromSeconds(2),
        });

        await application.Cache.GetOrCreateAsync(
            key,
            async token =>
            {
                await Latency.OfAsync(2500);
                return "slow";
            },
            options,
            cancellationToken: Cancellation);

        Assert.Equal("slow", await application.LocalAsync<string>(key));
    }

    [Theory, Both]
    public async Task LocalCacheExpiration_LongerThanTheValue_DoesNotOutliveIt(Implementation implementation)
    {
        await using var first = subjects.Start(implementation);
        await using var second = subjects.Start(implementation);
        var key = HybridApplication.Key();
        await first.KeepAsync(key, "value", Lasting(2, local: 60));

        Assert.Equal("value", await second.Cache.GetOrCreateAsync(
            key, static _ => new ValueTask<string>("made"), Lasting(60), null, Cancellation));

        await Eventually.TrueAsync(
            async () => await second.LocalAsync<string>(key) is null, "the copy has expired");

        // Microsoft's lifetime begins after both writes, which can be later than that of the stored value.
        await Eventually.TrueAsync(
            async () => await first.LocalAsync<string>(key) is null,
            "the first copy has expired",
            TimeSpan.FromSeconds(30));
    }

    [Theory, Both]
    public async Task LocalCacheExpiration_WithoutTheStore_EndsTheCopy(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();
        var options = new HybridCacheEntryOptions
        {
            Expiration = TimeSpan.FromSeconds(60),
            LocalCacheExpiration = TimeSpan.FromSeconds(0.3),
            Flags = HybridCacheEntryFlags.DisableDistributedCache,
        };

        await application.Cache.SetAsync(key, "value", options, null, Cancellation);

        Assert.Equal("value", await application.LocalAsync<string>(key));
        await Eventually.TrueAsync(
            async () => await application.LocalAsync<string>(key) is null, "the copy has expired");
    }

    [Theory, Both]
    public async Task Expiration_NotPositive_IsRefused(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        foreach (var options in new[] { Lasting(0), Lasting(-1), Lasting(60, local: 0), Lasting(-2, local: 60) })
        {
            var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                async () => await application.Cache.GetOrCreateAsync(
                    HybridApplication.Key(), static _ => new ValueTask<int>(1), options, null, Cancellation));
            Assert.Equal("AbsoluteExpirationRelativeToNow", error.ParamName);
            Assert.True((TimeSpan)error.ActualValue! <= TimeSpan.Zero);
        }
    }

    [Theory, Both]
    public async Task Expiration_NotPositiveWithoutACopy_IsNoError(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        Assert.Equal("value", await GetAsync(HybridCacheEntryFlags.DisableLocalCacheWrite));
        Assert.Null(await GetAsync(HybridCacheEntryFlags.DisableUnderlyingData));
        Assert.Null(await application.DistributedAsync<string>(key));

        ValueTask<string?> GetAsync(HybridCacheEntryFlags flags) => application.Cache.GetOrCreateAsync(
            key,
            static _ => new ValueTask<string?>("value"),
            new() { Expiration = TimeSpan.FromSeconds(-1), Flags = flags },
            null,
            Cancellation);
    }

    [Theory, Both]
    public async Task Set_NotPositiveExpiration_StoresNothing(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await application.Cache.SetAsync(key, "value", Lasting(0), null, Cancellation);

        Assert.Null(await application.LocalAsync<string>(key));
        Assert.Null(await application.DistributedAsync<string>(key));
    }

    [Theory, Both]
    public async Task Expiration_OfAHundredYears_IsAccepted(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await application.KeepAsync(key, "value", Lasting(36500 * 86400d));

        Assert.Equal("value", await application.LocalAsync<string>(key));
        Assert.Equal("value", await application.DistributedAsync<string>(key));
    }

    private static HybridCacheEntryOptions Lasting(double seconds, double? local = null) => new()
    {
        Expiration = TimeSpan.FromSeconds(seconds),
        LocalCacheExpiration = local is { } copy ? TimeSpan.FromSeconds(copy) : null,
    };
}
