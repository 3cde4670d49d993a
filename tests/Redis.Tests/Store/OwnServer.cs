namespace CacheOrleans.Redis.Tests.Store;

/// <summary>A server for one test, which may stop and start it.</summary>
public sealed record OwnServer(string ConnectionString, Action Start, Action Stop, IDisposable Server) : IDisposable
{
    public void Dispose() => Server.Dispose();
}
