namespace CacheOrleans.Storage;

/// <summary>Hands the waiting writes of a silo that stops over to other silos.</summary>
public interface IWriteHandOver
{
    /// <summary>Offers the waiting writes, versions and removes first, in messages of bounded size, until no write
    /// waits and none is being sent to the store.</summary>
    /// <remarks>A write that is being offered is not sent to the store meanwhile. A write that no silo accepted waits
    /// in this queue again. The queue continues to accept and to send writes.</remarks>
    /// <param name="offer">Offers some writes to another silo; returns whether a silo has accepted all of them.</param>
    /// <param name="cancellationToken">Ends the hand-over; the remaining writes wait in this queue.</param>
    Task HandOverAsync(
        Func<IReadOnlyList<StoreWrite>, CancellationToken, Task<bool>> offer, CancellationToken cancellationToken);
}
