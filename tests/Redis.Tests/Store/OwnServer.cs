namespace CacheOrleans.Redis.Tests.Store;

/// <summary>A server of one test, which may take it away.</summary>
public sealed record OwnServer(string ConnectionString, Action Start, Action Stop, IDisposable Server) : IDisposable
{
    public void Dispose() => Server.Dispose();
}
