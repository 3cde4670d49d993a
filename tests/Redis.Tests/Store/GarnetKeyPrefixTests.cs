using CacheOrleans.Testing;

namespace CacheOrleans.Redis.Tests.Store;

public sealed class GarnetKeyPrefixTests : KeyPrefixContract
{
    protected override OwnServer Launch()
    {
        var server = GarnetServer.Launch();
        return new(server.ConnectionString, server.Start, server.Stop, server);
    }
}
