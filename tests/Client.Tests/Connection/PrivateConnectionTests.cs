using CacheOrleans.Definitions;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Client.Tests.Connection;

public sealed class PrivateConnectionTests : IDisposable
{
    private readonly CacheDefinition<int, string> _cache = TestCaches.New<string>();
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly FakeLogCollector _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task Application_StartedWithoutASilo_AnswersAndJoinsLater()
    {
        using var application = Application();
        await application.StartAsync(Cancellation);
        var client = application.Services.GetRequiredService<ICacheClient>();

        Assert.Equal("local 1", await client.GetWithFallbackAsync(_cache, 1, LoadLocallyAsync));
        Assert.Equal("local 1", await client.GetWithFallbackAsync(_cache, 1, MustNotRunAsync));
        Assert.False((await client.TryGetAsync(_cache, 2)).IsFound);
        Assert.Equal("local 3", (await client.GetManyWithFallbackAsync(
            _cache, [1, 3], (keys, _) => new(keys.ToDictionary(key => key, key => $"local {key}"))))[3]);
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await client.SetAsync(_cache, 2, "two"));
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await client.RemoveByTagAsync("tag"));
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await client.GetAsync(_cache, 2));
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await client.GetManyAsync(_cache, [2]));

        using var silo = await TestHosts.StartSiloAsync(_redis.ConnectionString, cache: _redis.ConnectionString);
        await Eventually.TrueAsync(() => IsKeptAsync(client, 2), "the application has joined");
        await application.StopAsync(Cancellation);
        await silo.StopAsync(Cancellation);
    }

    [Fact]
    public async Task ErrorsAndLog_WithoutASilo_NameTheClusterAndItsMembership()
    {
        using var application = Application();
        await application.StartAsync(Cancellation);
        var client = application.Services.GetRequiredService<ICacheClient>();
        var address = $"cluster 'cacheorleans', membership Redis at {_redis.ConnectionString}";

        for (var key = 1; key <= 5; key++)
        {
            Assert.Equal($"local {key}", await client.GetWithFallbackAsync(_cache, key, LoadLocallyAsync));
        }

        var record = Assert.Single(_log.Of(4013));
        Assert.Equal(LogLevel.Warning, record.Level);
        Assert.Equal(
            $"A value of cache '{_cache.Name}' is loaded without the cluster: there is no connection to a silo yet "
            + $"({address}); no response. Reads of all caches without the cluster since the previous message like "
            + "this: 1.",
            record.Message);
        var error = await Assert.ThrowsAsync<CacheUnavailableException>(async () => await client.GetAsync(_cache, 6));
        Assert.Equal(
            $"'{_cache.Key(6).Text}' was not read: there is no connection to a silo yet ({address}).", error.Message);
        error = await Assert.ThrowsAsync<CacheUnavailableException>(async () => await client.RemoveAsync(_cache, 6));
        Assert.EndsWith($"there is no connection to a silo yet ({address}).", error.Message, StringComparison.Ordinal);
        await Eventually.TrueAsync(
            () => _log.Of(4001).Any(record => record.Message.Contains(address)), "it is in the log");
        await application.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("1m", 60)]
    public async Task FirstRead_WithoutASilo_WaitsForConnectTimeout(string setting, int seconds)
    {
        var time = new FakeTimeProvider();
        using var application = Application(time, ("CacheOrleans:ConnectTimeout", setting));
        await application.StartAsync(Cancellation);
        var client = application.Services.GetRequiredService<ICacheClient>();

        var read = client.GetWithFallbackAsync(_cache, 1, LoadLocallyAsync).AsTask();
        if (seconds > 0)
        {
            time.Advance(TimeSpan.FromSeconds(seconds - 1));
            await Latency.OfAsync(300);
            Assert.False(read.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("local 1", await read);
        await application.StopAsync(Cancellation);
    }

    /// <remarks>A change that is not answered fails a second after <c>OperationTimeout</c>, here 1 s, at the latest.
    /// </remarks>
    [Theory]
    [InlineData("1500ms", 1.5)]
    [InlineData("1m", 2)]
    public async Task AFirstChange_WaitsForTheConnection_ForTheShorterOfItsLimits(string connectTimeout, double seconds)
    {
        var time = new FakeTimeProvider();
        using var application = Application(time, ("CacheOrleans:ConnectTimeout", connectTimeout));
        await application.StartAsync(Cancellation);
        var client = application.Services.GetRequiredService<ICacheClient>();

        var change = client.SetAsync(_cache, 1, "one").AsTask();
        time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        await Latency.OfAsync(300);
        Assert.False(change.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(0.1));
        await Assert.ThrowsAsync<CacheUnavailableException>(() => change);
        await application.StopAsync(Cancellation);
    }

    [Fact]
    public async Task RemoveByTagAsync_WithoutASilo_EndsLocalCopiesAndThrows()
    {
        using var application = Application();
        await application.StartAsync(Cancellation);
        var client = application.Services.GetRequiredService<ICacheClient>();
        var options = new CacheCallOptions { Tags = ["tag"] };
        Assert.Equal("local 1", await client.GetWithFallbackAsync(_cache, 1, LoadLocallyAsync, options));
        Assert.Equal("local 1", await client.GetWithFallbackAsync(_cache, 1, MustNotRunAsync, options));

        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await client.RemoveByTagAsync("tag"));

        Assert.Equal("again", await client.GetWithFallbackAsync(_cache, 1, (_, _) => new("again"), options));
        await application.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Application_AfterAllSilosStopped_FindsNewSilos()
    {
        using var application = Application();
        await application.StartAsync(Cancellation);
        var client = application.Services.GetRequiredService<ICacheClient>();
        using (var first = await TestHosts.StartSiloAsync(_redis.ConnectionString, cache: _redis.ConnectionString))
        {
            await Eventually.TrueAsync(() => IsKeptAsync(client, 1), "the application has joined");
            await first.StopAsync(Cancellation);
        }

        Assert.Equal("local 5", await client.GetWithFallbackAsync(_cache, 5, LoadLocallyAsync));
        using var second = await TestHosts.StartSiloAsync(_redis.ConnectionString, cache: _redis.ConnectionString);
        await Eventually.TrueAsync(() => IsKeptAsync(client, 2), "the application has joined again");
        await application.StopAsync(Cancellation);
        await second.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData("ConnectionStrings:Membership", "localhost:1,nonsense=1", typeof(InvalidOperationException))]
    [InlineData("Orleans:ClusterId", " ", typeof(InvalidOperationException))]
    [InlineData("CacheOrleans:NearLease", "02:00:00", typeof(OptionsValidationException))]
    [InlineData("CacheOrleans:NearMaxEntries", "-1", typeof(OptionsValidationException))]
    [InlineData("CacheOrleans:ResponseTimeout", "00:00:00", typeof(OptionsValidationException))]
    [InlineData("CacheOrleans:Limits:MaxKeyLength", "1", typeof(OptionsValidationException))]
    public async Task Settings_OutOfRange_FailTheStartAndAreNamed(string setting, string value, Type type)
    {
        using var application = Application((setting, value));
        var error = await Assert.ThrowsAsync(type, () => application.StartAsync(Cancellation));
        Assert.Contains(setting.Split(':')[1], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownNameUnderLimits_FailsTheStart_AndTheNearestIsSuggested()
    {
        using var application = Application(("CacheOrleans:Limits:MaxKeyLenght", "100"));
        var error = await Assert.ThrowsAsync<FormatException>(() => application.StartAsync(Cancellation));
        Assert.Contains("did you mean CacheOrleans:Limits:MaxKeyLength?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SectionLimits_IsTheApplicationsOwn()
    {
        using var application = Application(("Limits:MaxKeyLength", "one"), ("Limits:Requests", "5"));
        await application.StartAsync(Cancellation);
        await application.StopAsync(Cancellation);
    }

    private static async Task<bool> IsKeptAsync(ICacheClient client, int key)
    {
        var cache = TestCaches.New<string>();
        try
        {
            await client.SetAsync(cache, key, "kept");
            return (await client.TryGetAsync(cache, key)).IsFound;
        }
        catch (CacheUnavailableException)
        {
            return false;
        }
    }

    private static ValueTask<string?> LoadLocallyAsync(int key, CancellationToken stopping) => new($"local {key}");

    private static ValueTask<string?> MustNotRunAsync(int key, CancellationToken stopping) =>
        throw new InvalidOperationException("The fallback ran in spite of a copy.");

    private IHost Application(params (string Key, string Value)[] settings) =>
        Application(TimeProvider.System, settings);

    private IHost Application(TimeProvider time, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["ConnectionStrings:Membership"] = _redis.ConnectionString;
        builder.Configuration["CacheOrleans:OperationTimeout"] = "00:00:01";
        builder.Configuration.AddInMemoryCollection(
            settings.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)));
        builder.Logging.AddProvider(new FakeLoggerProvider(_log));
        builder.Services.AddSingleton(time);
        builder.Services.AddCacheOrleans();
        return builder.Build();
    }
}
