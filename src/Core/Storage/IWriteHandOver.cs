namespace CacheOrleans.Storage;

/// <summary>Lets a silo that stops leave the writes that still wait to others.</summary>
public interface IWriteHandOver
{
    /// <summary>Offers what waits, versions and removes first, in messages of bounded size, until nothing is left, nor
    /// with the store.</summary>
    /// <remarks>What is offered is not sent to the store meanwhile. What nobody has taken waits here again. The queue
    /// goes on taking and sending.</remarks>
    /// <param name="offer">Offers some to another silo; returns whether one has taken them, all of them.</param>
    /// <param name="cancellationToken">Ends it; what is left waits here.</param>
    Task HandOverAsync(
        Func<IReadOnlyList<StoreWrite>, CancellationToken, Task<bool>> offer, CancellationToken cancellationToken);
}
