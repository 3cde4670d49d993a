using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests.Store;

public sealed class GarnetStoreTests(GarnetStoreTests.Fixture fixture)
    : RedisStoreContract, IClassFixture<GarnetStoreTests.Fixture>
{
    protected override string ConnectionString => fixture.Server.ConnectionString;

    protected override OwnServer LaunchOwn()
    {
        var server = GarnetServer.Launch();
        return new(server.ConnectionString, server.Start, server.Stop, server);
    }

    public sealed class Fixture : IDisposable
    {
        public GarnetServer Server { get; } = GarnetServer.Launch();

        public void Dispose() => Server.Dispose();
    }
}
