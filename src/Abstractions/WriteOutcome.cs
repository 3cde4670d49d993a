namespace CacheOrleans;

/// <summary>How far a set or a remove has come when the call returns.</summary>
[GenerateSerializer]
[Alias("CacheOrleans.WriteOutcome")]
public enum WriteOutcome
{
    /// <summary>The owner has done it; Redis will when it can. A silo that stops leaves it to another. If the owner's
    /// silo is killed before Redis has it, it is lost, and what was there before may be read again for the rest of its
    /// life.</summary>
    /// <remarks>A value for which there is no more room while it waits is given up: the key is a miss then.</remarks>
    Queued,

    /// <summary>Redis has it.</summary>
    Applied,

    /// <summary>A later operation on the key took its place.</summary>
    Superseded,

    /// <summary>The owner has done it, but Redis does not have it and will not: it refused it for good, or the write
    /// was given up, for the silo was stopping, its time was over or there was no room for it to wait.</summary>
    NotStored,
}
