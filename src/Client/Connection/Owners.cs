namespace CacheOrleans.Client.Connection;

/// <summary>Calls the owners of entries as reads do.</summary>
/// <remarks>Every call is answered soon or not at all: the owner answers within the hold it is given, and the rest is
/// messaging. What is asked may be asked twice: a lease that nobody holds ends by itself, and what ends a lease ends it
/// once.</remarks>
internal sealed class Owners(Cluster cluster, TimeSpan responseTimeout)
{
    private readonly CallLimits _limits = new(TimeSpan.Zero, responseTimeout, CanRepeat: true);

    /// <summary>Whether no silo can be reached, as far as is known: it is in vain to wait for one.</summary>
    public bool IsAway => cluster.IsAway;

    /// <inheritdoc cref="Cluster.Absence" />
    public Absence Absence => cluster.Absence;

    /// <summary><see cref="ICacheEntryGrain.GetOrLeaseAsync"/>.</summary>
    /// <param name="key">The key's text.</param>
    /// <param name="request">What is asked, without the holder.</param>
    public ValueTask<CallResult<EntryReply>> AskAsync(string key, EntryRequest request) => cluster.CallAsync(
        (Key: key, Request: request),
        static (link, call) => link.Grains.GetGrain<ICacheEntryGrain>(call.Key).GetOrLeaseAsync(
            call.Request.NearLease > TimeSpan.Zero ? call.Request with { Holder = link.Observer } : call.Request),
        new(request.MaxWait, responseTimeout, key, CanRepeat: true));

    /// <summary><see cref="ICacheEntryGrain.DeclareAsync"/>.</summary>
    public ValueTask<CallResult<bool>> DeclareAsync(string key, CacheDeclaration declaration) => cluster.CallAsync(
        (Key: key, Declaration: declaration),
        static async (link, call) =>
        {
            await link.Grains.GetGrain<ICacheEntryGrain>(call.Key).DeclareAsync(call.Declaration).ConfigureAwait(false);
            return true;
        },
        _limits);

    /// <summary><see cref="ICacheEntryGrain.RenewAsync"/>.</summary>
    public ValueTask<CallResult<bool>> RenewAsync(string key, Guid lease) => cluster.CallAsync(
        (Key: key, Lease: lease),
        static (link, call) => link.Grains.GetGrain<ICacheEntryGrain>(call.Key).RenewAsync(call.Lease),
        _limits);

    /// <summary><see cref="ICacheEntryGrain.CompleteAsync"/>.</summary>
    public ValueTask<CallResult<LeaseOutcome>> CompleteAsync(string key, LeaseCompletion completion) => cluster.CallAsync(
        (Key: key, Completion: completion),
        static (link, call) => link.Grains.GetGrain<ICacheEntryGrain>(call.Key).CompleteAsync(call.Completion),
        _limits);

    /// <summary><see cref="ICacheEntryGrain.FailAsync"/>.</summary>
    public ValueTask<CallResult<bool>> FailAsync(string key, LeaseFailure failure) => cluster.CallAsync(
        (Key: key, Failure: failure),
        static async (link, call) =>
        {
            await link.Grains.GetGrain<ICacheEntryGrain>(call.Key).FailAsync(call.Failure).ConfigureAwait(false);
            return true;
        },
        new(TimeSpan.Zero, responseTimeout, key, CanRepeat: true));
}
