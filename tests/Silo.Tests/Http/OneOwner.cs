namespace CacheOrleans.Silo.Tests.Http;

/// <summary>An owner of which a test says whether it is heard of at all.</summary>
internal sealed class OneOwner(Func<Task<EntryDescription>>? describe = null) : ICacheEntryGrain
{
    public Task<EntryDescription> DescribeAsync() => (describe ?? throw new NotSupportedException())();

    public Task<CacheAnswer> GetAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<WriteOutcome> SetAsync(CacheWrite write, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<WriteOutcome> RemoveAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<WriteOutcome> ExpireAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
