using CacheOrleans.Client.Caches;
using CacheOrleans.Client.Near;

namespace CacheOrleans.Client.Hybrid;

/// <summary>Keeps values that were made here: in the cluster, or in this process alone.</summary>
internal sealed class HybridStore(HybridServices services)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Stores a value in the cluster. A failure is logged; then this process keeps a copy for a while.</summary>
    /// <remarks>A caller's own token, and a client that is disposed, are no failures: they are thrown.</remarks>
    public async Task StoreAsync<T>(
        BoundCache<string, T> cache,
        string key,
        HybridTerms terms,
        string[] tags,
        HybridValue<T> value,
        CancellationToken cancellationToken = default)
    {
        if (terms.Expiration <= TimeSpan.Zero)
        {
            services.Logger.HybridValueExpired(terms.Expiration);
            return;
        }

        var life = terms.Expiration < Shortest ? Shortest : terms.Expiration;
        var write = new CacheWrite(value.Bytes, life, Tags: tags, Life: cache.Declaration?.Life);
        try
        {
            await services.Writes.ChangeAsync(
                cache.TextOf(key), cache.Declaration, owner => owner.SetAsync(write), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            services.Logger.HybridValueNotStored(exception);
            if (terms.WritesLocal)
            {
                KeepAlone(cache, key, value.Copy, tags, LifeOf(terms, isLocal: false));
            }
        }
    }

    /// <summary>Keeps a copy of what the cluster is not given, in the place of what was there.</summary>
    public void KeepAlone<T>(
        BoundCache<string, T> cache, string key, CachedValue<T> value, string[] tags, TimeSpan life)
    {
        var tickets = services.Flights.Near.Tickets;
        var ticket = tickets.Hold(cache.TextOf(key));
        ticket.Cut();
        Keep(cache, key, services.Flights.Near.Ask(ticket), value, tags, life);
        ticket.Release();
    }

    /// <summary>Keeps a copy of what was made since a question, unless something has come meanwhile.</summary>
    public void Keep<T>(
        BoundCache<string, T> cache,
        string key,
        NearQuestion question,
        CachedValue<T> value,
        string[] tags,
        TimeSpan life) => services.Flights.Near.Keep(
            cache, key, cache.TextOf(key), question, new(value, question.LocalStamp, life, tags));

    /// <summary>How long a copy of what the cluster does not have lives: as long as the call says, where it says that the
    /// cluster is not to have it; otherwise as long as the client keeps copies, for nobody will tell of its end.</summary>
    public TimeSpan LifeOf(HybridTerms terms, bool isLocal) =>
        isLocal || terms.LocalExpiration < services.NearLease ? terms.LocalExpiration : services.NearLease;
}
