using CacheOrleans.Storage;
using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests.Store;

public sealed class RedisKeyPrefixTests : KeyPrefixContract
{
    /// <remarks>If the mark cannot be written, the entries can still be read.</remarks>
    [Fact]
    public async Task FirstCall_RedisIsOutOfMemory_StillReads()
    {
        using var server = Launch("--maxmemory", "1", "--maxmemory-policy", "noeviction");
        await using var store = new TestStore(server.ConnectionString);

        Assert.Equal(StoreReadStatus.Missing, (await store.Store.ReadAsync(Writes.Key("1"), Cancel)).Status);
        Assert.False(await (await store.RawAsync()).KeyExistsAsync("cache:@cluster"));
    }

    protected override OwnServer Launch() => Launch([]);

    private static OwnServer Launch(params string[] arguments)
    {
        var server = RedisServer.TryLaunch(arguments);
        Assert.SkipWhen(server is null, "There is no redis-server on this machine.");
        return new(server.ConnectionString, server.Start, server.Stop, server);
    }
}
