using System.Diagnostics;
using CacheOrleans.Client;
using CacheOrleans.Definitions;
using CacheOrleans.Testing;

namespace CacheOrleans.ClientProcess;

/// <summary>Executes the orders of a test through the client.</summary>
internal sealed class Worker(ICacheClient client)
{
    private static readonly CacheDefinition<int, string> Things = new("thing", "thing:{id}", TimeSpan.FromMinutes(5));
    private static readonly CacheCallOptions Tagged = new() { Tags = ["things"] };

    private static readonly CacheCallOptions WithoutCopies = new() { NearLease = TimeSpan.Zero };

    private int _runs;

    public async Task<Report> DoAsync(Order order)
    {
        _runs = 0;
        var results = await Task.WhenAll((order.Keys ?? [order.Key]).SelectMany(key =>
            Enumerable.Range(0, order.Callers).Select(_ => OneAsync(order with { Key = key }))));
        return new Report(
            [.. results.Select(result => result.Value)],
            [.. results.Select(result => result.Error)],
            _runs,
            results.Max(result => result.Milliseconds));
    }

    private async Task<(string? Value, string? Error, double Milliseconds)> OneAsync(Order order)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var value = await ActAsync(order);
            return (value, null, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        catch (Exception exception) // the test examines it
        {
            var error = $"{exception.GetType().Name}: {exception.Message}";
            return (null, error, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    private async Task<string?> ActAsync(Order order) => order.Action switch
    {
        "get" => await client.GetWithFallbackAsync(Things, order.Key, order, LoadAsync, Tagged),
        "read" => await client.GetWithFallbackAsync(Things, order.Key, order, LoadAsync, WithoutCopies),
        "find" => await client.GetAsync(Things, order.Key),
        "set" => (await client.SetAsync(Things, order.Key, order.Value, Tagged)).ToString(),
        "remove" => (await client.RemoveAsync(Things, order.Key)).ToString(),
        "removeByTag" => await RemoveByTagAsync(),
        _ => throw new ArgumentException($"Unknown action '{order.Action}'."),
    };

    private async Task<string> RemoveByTagAsync()
    {
        await client.RemoveByTagAsync("things");
        return "removed";
    }

    private async ValueTask<string?> LoadAsync(Order order, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _runs);
        await Latency.OfAsync(order.Delay).WaitAsync(cancellationToken);
        return order.Error is null ? order.Value : throw new InvalidOperationException(order.Error);
    }
}
