using CacheOrleans.Storage;

namespace CacheOrleans.Bench.Stage;

/// <summary>Writes values to Redis that are in no process's memory.</summary>
internal static class Stored
{
    public static async Task FillAsync(IBackingStore store, int first, int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        var record = new StoreRecord(
            Payload.Bytes, Stamp.Next(now, Stamp.None), now, now + Products.Bytes.TimeToLive);
        foreach (var part in Enumerable.Range(first, count).Chunk(1000))
        {
            var results = await store.WriteAsync(
                [
                    .. part.Select(id => new StoreWrite(
                        Products.Bytes.StoreKey(Products.Bytes.Key(id)), record, record.ExpiresAt)),
                ],
                CancellationToken.None);
            if (results.Any(result => result.Status != StoreWriteStatus.Applied))
            {
                throw new InvalidOperationException("A value could not be written to Redis.");
            }
        }
    }
}
