[assembly: AssemblyFixture(typeof(CacheOrleans.Testing.PostgresFixture))]

namespace CacheOrleans.Testing;

/// <summary>The one PostgreSQL server of these tests.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    /// <summary>Returns its connection string; skips the calling test if there is no PostgreSQL.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(_server is null, "PostgreSQL is not on this machine.");
            return _server!.ConnectionString;
        }
    }

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
