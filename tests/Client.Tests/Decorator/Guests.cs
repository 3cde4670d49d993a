namespace CacheOrleans.Client.Tests.Decorator;

/// <summary>Counts the calls that reach it.</summary>
public sealed class Guests : IGuests
{
    private int _calls;

    public int Calls => _calls;

    public ValueTask<Guest?> FindAsync(int userId, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return userId switch
        {
            0 => new((Guest?)null),
            < 0 => throw new InvalidOperationException($"no guest is called {userId}"),
            _ => new(new Guest(userId, $"guest {userId}")),
        };
    }

    public Task<string> DescribeAsync(int number)
    {
        Interlocked.Increment(ref _calls);
        return Task.FromResult($"the guest of number {number}");
    }

    public ValueTask<string> HomeAsync(string visitor)
    {
        Interlocked.Increment(ref _calls);
        return new($"welcome, {visitor}");
    }

    public Task<string> SeatAsync(string row, long seat, List<string> log, decimal? price)
    {
        log.Add($"{row} {seat} {price}");
        return Task.FromResult($"{row}-{seat}");
    }

    public Task<int> AgeAsync(int id)
    {
        Interlocked.Increment(ref _calls);
        return Task.FromResult(id);
    }

    public ValueTask<int?> HeightAsync(int id)
    {
        Interlocked.Increment(ref _calls);
        return new(id == 0 ? null : id);
    }

    public ValueTask<T> ThingAsync<T>(int id)
    {
        Interlocked.Increment(ref _calls);
        return new((T)Convert.ChangeType(id, typeof(T), null));
    }

    public Task<int> NotCachedAsync(int id) => Task.FromResult(Interlocked.Increment(ref _calls));
}
