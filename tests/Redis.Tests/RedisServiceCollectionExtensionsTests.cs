using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Redis.Tests;

public sealed class RedisServiceCollectionExtensionsTests
{
    [Fact]
    [Trait("Row", "W1")]
    public async Task AddRedisBackingStore_OverGarnet_WritesBehindAndReads()
    {
        using var server = GarnetServer.Launch();
        await using var provider = Build(server.ConnectionString);
        var hosted = provider.GetServices<IHostedService>().ToArray();
        foreach (var service in hosted)
        {
            await service.StartAsync(CancellationToken.None);
        }

        var queue = provider.GetRequiredService<IWriteBehind>();
        var now = TimeProvider.System.GetUtcNow();
        PendingWrite[] pending = [.. Enumerable.Range(0, 5000)
            .Select(i => queue.Enqueue(Writes.Value(Writes.Key($"{i % 2500}"), 1 + i, [1], now)))];
        foreach (var service in hosted.Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }

        Assert.All(pending, write => Assert.Equal(StoreWriteResult.Applied, write.Settled.Result));
        var read = await provider.GetRequiredService<IBackingStore>()
            .ReadAsync(Writes.Key("7"), CancellationToken.None);
        Assert.Equal(new Stamp(2508), read.Record!.Stamp);
    }

    [Fact]
    public async Task AddRedisBackingStore_Twice_AddsOnce()
    {
        await using var provider = Build("localhost:1", services => services.AddRedisBackingStore("other:1"));
        Assert.Equal(3, provider.GetServices<IHostedService>().Count());
    }

    [Fact]
    public async Task AddRedisBackingStore_WithAMalformedString_FailsTheStart()
    {
        await using var provider = Build("localhost:6379,passwrd=s3cret");
        var exception = Assert.Throws<ArgumentException>(() => provider.GetServices<IHostedService>().ToArray());
        Assert.Contains("localhost:6379,passwrd=***", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Redis:ReadTimeout", "00:00:00")]
    [InlineData("Redis:KeyPrefix", "with space")]
    [InlineData("WriteBehind:Capacity", "0")]
    [InlineData("WriteBehind:FirstRetryDelay", "00:00:30")]
    [InlineData("WriteBehind:RecoveryRate", "0")]
    [InlineData("WriteBehind:RecoveryRate", "10000001")]
    public async Task Options_OutOfBounds_AreRefusedByName(string key, string value)
    {
        await using var provider = Build("localhost:1", setting: new(key, value));
        var exception = Assert.Throws<OptionsValidationException>(() =>
            provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Redis:ReadTimeout", "250", "Redis:ReadTimeout: '250' has no unit")]
    [InlineData("Redis:ReadTimout", "250ms", "did you mean Redis:ReadTimeout?")]
    [InlineData("WriteBehind:Capacity", "many", "WriteBehind:Capacity must be a whole number; it is 'many'.")]
    [InlineData("WriteBehind:DrainTimeout", "24:00:00", "write 24h")]
    public async Task Options_UnclearSetting_SaysWhatToWrite(string key, string value, string message)
    {
        await using var provider = Build("localhost:1", setting: new(key, value));
        var exception = Assert.Throws<FormatException>(() =>
            provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_TimeWithAUnit_IsAccepted()
    {
        await using var provider = Build("localhost:1", setting: new("Redis:ReadTimeout", "90ms"));
        Assert.Equal(
            TimeSpan.FromMilliseconds(90), provider.GetRequiredService<IOptions<RedisOptions>>().Value.ReadTimeout);
    }

    private static ServiceProvider Build(
        string connectionString,
        Action<IServiceCollection>? more = null,
        KeyValuePair<string, string?>? setting = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(setting is { } one ? [one] : [])
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<System.Diagnostics.Metrics.IMeterFactory, TestMeters>();
        services.AddSingleton(new ClusterIdentity("test"));
        services.AddRedisBackingStore(connectionString);
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
