using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CacheOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Registration;

public sealed class LoaderStartTests
{
    [Fact]
    public async Task Start_LoaderCannotBeCreated_FailsWithItsError()
    {
        var builder = TestClusters.Builder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            var store = new FakeStore();
            silo.Services.AddSingleton<IBackingStore>(store);
            silo.Services.AddSingleton<IWriteBehind>(new FakeWriteBehind(store));
            silo.AddCacheOrleans()
                .AddCache(new CacheDefinition("user", "user:{user_id}", TimeSpan.FromMinutes(5)))
                .AddLoader<BrokenLoader>("user");
        });
        await using var cluster = builder.Build();

        var error = await Assert.ThrowsAnyAsync<Exception>(cluster.DeployAsync);

        Assert.Contains("no connection string", error.ToString(), StringComparison.Ordinal);
    }

    private sealed class BrokenLoader : ICacheLoader
    {
        public BrokenLoader() => throw new InvalidOperationException("There is no connection string.");

        public ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
