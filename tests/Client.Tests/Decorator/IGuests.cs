namespace CacheOrleans.Client.Tests.Decorator;

/// <summary>The interface that the tests decorate.</summary>
public interface IGuests
{
    [CacheWithFallback("guest", Key = "guest:{user_id}", TimeToLive = "00:05:00")]
    ValueTask<Guest?> FindAsync(int userId, CancellationToken cancellationToken = default);

    [CacheWithFallback("guest", Key = "guest:{user_id}", TimeToLive = "00:05:00", Version = 2)]
    Task<string> DescribeAsync([KeyParameter("user_id")] int number);

    [CacheWithFallback("home", TimeToLive = "00:05:00")]
    ValueTask<string> HomeAsync([NotInKey] string visitor);

    [CacheWithFallback("seat", Key = "seat:{row}:{seat}", TimeToLive = "00:05:00")]
    Task<string> SeatAsync(string row, long seat, [NotInKey] List<string> log, [NotInKey] decimal? price = 1.5m);

    [CacheWithFallback("age", Key = "age:{id}", TimeToLive = "00:05:00")]
    Task<int> AgeAsync(int id);

    [CacheWithFallback("height", Key = "height:{id}", TimeToLive = "00:05:00")]
    ValueTask<int?> HeightAsync(int id);

    [CacheWithFallback("thing", Key = "thing:{id}", TimeToLive = "00:05:00")]
    ValueTask<T> ThingAsync<T>(int id);

    /// <summary>The number of method bodies that ran.</summary>
    int Calls { get; }

    Task<int> NotCachedAsync(int id);

    string Greet(string name) => $"hello {name}";
}
