namespace CacheOrleans.Client.Reads;

/// <summary>Creates the requests that reads send to the owners of keys.</summary>
internal static class ReadRequests
{
    /// <summary>Creates the first request of a read, or any request of a batch.</summary>
    /// <param name="options">How the value is read.</param>
    /// <param name="definition">The fingerprint of the cache's definition; zero: there is no definition.</param>
    /// <param name="maxWait">How long the owner may delay its reply.</param>
    public static EntryRequest First(ReadOptions options, long definition, TimeSpan maxWait) => new(
        options.Demand,
        maxWait,
        NearLease: options.NearLease,
        Refused: options.Renews ? EntryRequest.RefuseAll : 0,
        Tags: options.Tags,
        Definition: definition);

    /// <summary>Creates the next request, after a reply that did not complete the read.</summary>
    public static EntryRequest Next(EntryRequest request, EntryReply reply) => reply.Status switch
    {
        EntryStatus.Value => request with { Refused = reply.Stamp }, // this process cannot read the value
        EntryStatus.Pending => request with
        {
            MaxWait = ReadTimes.LongWait,
            Awaited = reply.Lease,

            // Any value from now on was made since the read began, and is new enough.
            Refused = request.Refused == EntryRequest.RefuseAll ? reply.Stamp : request.Refused,
        },
        _ => request,
    };
}
