namespace CacheOrleans.Client.Reads;

/// <summary>What a read asks the owner of a key, first and again.</summary>
internal static class ReadRequests
{
    /// <summary>How long the owner may hold the first question: most values are there or come soon.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it may hold further ones, while somebody loads the value.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(2);

    /// <summary>The first question.</summary>
    /// <param name="options">How the value is read.</param>
    /// <param name="definition">The fingerprint of the cache's definition; zero: there is none.</param>
    /// <param name="isLoading">Whether this process waits already, so that it is enough to know for what.</param>
    public static EntryRequest First(ReadOptions options, long definition, bool isLoading) => new(
        options.Demand,
        isLoading ? TimeSpan.Zero : FirstWait,
        NearLease: options.NearLease,
        Refused: options.Renews ? EntryRequest.RefuseAll : 0,
        Tags: options.Tags,
        Definition: definition);

    /// <summary>The next question, after an answer that was not the end.</summary>
    public static EntryRequest Again(EntryRequest request, EntryReply reply) => reply.Status switch
    {
        EntryStatus.Value => request with { Refused = reply.Stamp }, // it cannot be read here
        EntryStatus.Pending => request with
        {
            MaxWait = LongWait,
            Awaited = reply.Lease,

            // What comes from now on was made meanwhile, and is new enough.
            Refused = request.Refused == EntryRequest.RefuseAll ? reply.Stamp : request.Refused,
        },
        _ => request,
    };
}
