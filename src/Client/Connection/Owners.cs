namespace CacheOrleans.Client.Connection;

/// <summary>Makes the calls of reads to the owners of entries.</summary>
/// <remarks>Every call is answered soon or never: the owner replies within the wait that the request allows, and the
/// rest is messaging. Calls may be repeated: a lease that nobody holds expires, and completing or failing a lease has
/// an effect only once.</remarks>
internal sealed class Owners(Cluster cluster, TimeSpan responseTimeout)
{
    private readonly CallLimits _limits = new(TimeSpan.Zero, responseTimeout, CanRepeat: true);

    /// <summary>Whether no silo can be reached, as far as is known, so that it is useless to wait for one.</summary>
    public bool IsAway => cluster.IsAway;

    /// <inheritdoc cref="Cluster.Unavailability" />
    public Unavailability Unavailability => cluster.Unavailability;

    /// <summary>Calls <see cref="ICacheEntryGrain.GetOrLeaseAsync"/>.</summary>
    /// <param name="key">The key's text.</param>
    /// <param name="request">The request, without the holder of copies.</param>
    public ValueTask<CallResult<EntryReply>> GetOrLeaseAsync(string key, EntryRequest request) => cluster.CallAsync(
        (Key: key, Request: request),
        static (link, call) => link.Grains.GetGrain<ICacheEntryGrain>(call.Key).GetOrLeaseAsync(
            call.Request.NearLease > TimeSpan.Zero ? call.Request with { Holder = link.Observer } : call.Request),
        new(request.MaxWait, responseTimeout, key, CanRepeat: true));

    /// <summary>Calls <see cref="ICacheEntryGrain.DeclareAsync"/>.</summary>
    public ValueTask<CallResult<bool>> DeclareAsync(string key, CacheDeclaration declaration) => cluster.CallAsync(
        (Key: key, Declaration: declaration),
        static async (link, call) =>
        {
            await link.Grains.GetGrain<ICacheEntryGrain>(call.Key).DeclareAsync(call.Declaration).ConfigureAwait(false);
            return true;
        },
        _limits);

    /// <summary>Calls <see cref="ICacheEntryGrain.RenewAsync"/>.</summary>
    public ValueTask<CallResult<bool>> RenewAsync(string key, Guid lease) => cluster.CallAsync(
        (Key: key, Lease: lease),
        static (link, call) => link.Grains.GetGrain<ICacheEntryGrain>(call.Key).RenewAsync(call.Lease),
        _limits);

    /// <summary>Calls <see cref="ICacheEntryGrain.CompleteAsync"/>.</summary>
    public ValueTask<CallResult<LeaseOutcome>> CompleteAsync(
        string key, LeaseCompletion completion) => cluster.CallAsync(
        (Key: key, Completion: completion),
        static (link, call) => link.Grains.GetGrain<ICacheEntryGrain>(call.Key).CompleteAsync(call.Completion),
        _limits);

    /// <summary>Calls <see cref="ICacheEntryGrain.FailAsync"/>.</summary>
    public ValueTask<CallResult<bool>> FailAsync(string key, LeaseFailure failure) => cluster.CallAsync(
        (Key: key, Failure: failure),
        static async (link, call) =>
        {
            await link.Grains.GetGrain<ICacheEntryGrain>(call.Key).FailAsync(call.Failure).ConfigureAwait(false);
            return true;
        },
        new(TimeSpan.Zero, responseTimeout, key, CanRepeat: true));
}
