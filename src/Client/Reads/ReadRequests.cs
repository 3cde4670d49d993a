namespace CacheOrleans.Client.Reads;

/// <summary>Creates the requests that a read sends to the owner of a key.</summary>
internal static class ReadRequests
{
    /// <summary>How long the owner may delay its reply to the first request: most values exist or are available
    /// soon.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it may delay its replies to further requests, while another caller loads the value.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(2);

    /// <summary>Creates the first request.</summary>
    /// <param name="options">How the value is read.</param>
    /// <param name="definition">The fingerprint of the cache's definition; zero: there is no definition.</param>
    /// <param name="isLoading">Whether this process already waits for a load, so that the owner only has to name the
    /// load.</param>
    public static EntryRequest First(ReadOptions options, long definition, bool isLoading) => new(
        options.Demand,
        isLoading ? TimeSpan.Zero : FirstWait,
        NearLease: options.NearLease,
        Refused: options.Renews ? EntryRequest.RefuseAll : 0,
        Tags: options.Tags,
        Definition: definition);

    /// <summary>Creates the next request, after a reply that did not complete the read.</summary>
    public static EntryRequest Again(EntryRequest request, EntryReply reply) => reply.Status switch
    {
        EntryStatus.Value => request with { Refused = reply.Stamp }, // this process cannot read the value
        EntryStatus.Pending => request with
        {
            MaxWait = LongWait,
            Awaited = reply.Lease,

            // Any value from now on was made since the read began, and is new enough.
            Refused = request.Refused == EntryRequest.RefuseAll ? reply.Stamp : request.Refused,
        },
        _ => request,
    };
}
