using CacheOrleans.Entries;

namespace CacheOrleans.Silo.Tests.Http;

/// <summary>An owner that answers <see cref="DescribeAsync"/> as a test says, and supports no other call.</summary>
internal sealed class OneOwner(Func<Task<EntryDescription>>? describe = null) : ICacheEntryGrain
{
    public Task<EntryDescription> DescribeAsync() => (describe ?? throw new NotSupportedException())();

    public Task<CacheAnswer> GetAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<WriteOutcome> SetAsync(CacheWrite write, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<WriteOutcome> RemoveAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<WriteOutcome> ExpireAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RefreshAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeclareAsync(CacheDeclaration declaration) => throw new NotSupportedException();

    public Task<EntryReply> GetOrLeaseAsync(EntryRequest request) => throw new NotSupportedException();

    public Task<bool> RenewAsync(Guid lease) => throw new NotSupportedException();

    public Task<LeaseOutcome> CompleteAsync(LeaseCompletion completion) => throw new NotSupportedException();

    public Task FailAsync(LeaseFailure failure) => throw new NotSupportedException();

    public Task<StampCheck> CheckAsync(long stamp) => throw new NotSupportedException();
}
