using System.Text;
using CacheOrleans.Keys;
using CacheOrleans.Loading;

namespace CacheOrleans.Grains.Tests;

/// <summary>A fallback that counts its calls, and answers, waits or fails as a test says.</summary>
internal sealed class FakeLoader : ICacheLoader
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public Func<CacheKey, int, CancellationToken, Task<LoadResult>> Answer { get; set; } =
        (key, call, _) => Task.FromResult(Found($"{key}#{call}"));

    public Func<CacheKey, string?> Refuse { get; set; } = _ => null;

    public string? Check(CacheKey key) => Refuse(key);

    public static LoadResult Found(string text) => LoadResult.Found(Encoding.UTF8.GetBytes(text));

    public async ValueTask<LoadResult> LoadAsync(CacheKey key, CancellationToken cancellationToken) =>
        await Answer(key, Interlocked.Increment(ref _calls), cancellationToken);
}
