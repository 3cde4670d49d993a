using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;

namespace CacheOrleans.Client.Tests.Hybrid;

public sealed class HybridReadTests(HybridSubjects subjects) : IClassFixture<HybridSubjects>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Both]
    public async Task GetOrCreate_SecondCall_DoesNotRunTheFactory(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (key, runs) = (HybridApplication.Key(), 0);

        Assert.Equal(1, await application.GetAsync(key, () => ++runs));
        Assert.Equal(1, await application.GetAsync(key, () => ++runs));

        Assert.Equal(1, runs);
    }

    [Theory, Both]
    public async Task GetOrCreate_InAnotherProcess_ReadsTheStoredValue(Implementation implementation)
    {
        await using var first = subjects.Start(implementation);
        await using var second = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await first.GetAsync(key, () => "one");

        // The value is written to the store in the background.
        await Eventually.TrueAsync(
            async () => await second.DistributedAsync<string>(key) == "one", "the other process finds the value");
        Assert.Equal("one", await second.GetAsync(key, () => "two"));
        Assert.Equal("one", await second.LocalAsync<string>(key));
    }

    [Theory, Both]
    public async Task GetOrCreate_ByManyAtOnce_RunsTheFactoryOnce(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (key, runs) = (HybridApplication.Key(), 0);
        var gate = new TaskCompletionSource();

        var callers = Enumerable.Range(0, 100).Select(async _ => await application.Cache.GetOrCreateAsync(
            key,
            async _ =>
            {
                Interlocked.Increment(ref runs);
                await gate.Task;
                return "value";
            },
            cancellationToken: Cancellation)).ToArray();
        gate.SetResult();

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal("value", value));
        Assert.Equal(1, runs);
    }

    [Theory, Both]
    public async Task GetOrCreate_FactoryFails_ThrowsForEveryCallerAndKeepsNothing(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (key, runs) = (HybridApplication.Key(), 0);
        var gate = new TaskCompletionSource<string>();

        var callers = Enumerable.Range(0, 10).Select(async _ => await application.Cache.GetOrCreateAsync(
            key,
            async _ =>
            {
                Interlocked.Increment(ref runs);
                return await gate.Task;
            },
            cancellationToken: Cancellation)).ToArray();
        gate.SetException(new InvalidTimeZoneException("no value"));

        foreach (var caller in callers)
        {
            Assert.Equal("no value", (await Assert.ThrowsAsync<InvalidTimeZoneException>(() => caller)).Message);
        }

        Assert.Equal(1, runs);
        Assert.Equal("value", await application.GetAsync(key, () => "value"));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithState_PassesItToTheFactory(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);

        var value = await application.Cache.GetOrCreateAsync(
            HybridApplication.Key(), (Id: 7, Name: "x"), static (state, _) => new ValueTask<string>($"{state}"),
            cancellationToken: Cancellation);

        Assert.Equal("(7, x)", value);
    }

    [Theory, Both]
    public async Task GetOrCreate_NullOrDefault_IsCached(Implementation implementation)
    {
        await using var first = subjects.Start(implementation);
        await using var second = subjects.Start(implementation);

        await AssertKeptAsync<Person?>(first, second, null);
        await AssertKeptAsync<int?>(first, second, null);
        await AssertKeptAsync(first, second, 0);
        await AssertKeptAsync(first, second, default(Guid));
        await AssertKeptAsync<(int, string?)>(first, second, default);
        await AssertKeptAsync(first, second, string.Empty);
    }

    [Theory, Both]
    public async Task GetOrCreate_NullText_IsCachedInTheProcess(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (key, runs) = (HybridApplication.Key(), 0);

        Assert.Null(await application.GetAsync(key, Make));
        Assert.Null(await application.GetAsync(key, Make));

        Assert.Equal(1, runs);

        string? Make()
        {
            runs++;
            return null;
        }
    }

    [Theory, Both]
    public async Task GetOrCreate_MutableType_ReturnsAnInstancePerCaller(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();
        List<int> made = [1, 2];
        var gate = new TaskCompletionSource<List<int>>();

        var callers = Enumerable.Range(0, 3).Select(async _ => await application.Cache.GetOrCreateAsync(
            key, async _ => await gate.Task, cancellationToken: Cancellation)).ToArray();
        gate.SetResult(made);
        List<int>[] values = [.. await Task.WhenAll(callers), await application.GetAsync<List<int>>(key, () => [])];
        made.Add(3);
        values[0].Add(4);

        Assert.Equal([1, 2, 4], values[0]);
        Assert.All(values[1..], value => Assert.Equal([1, 2], value));
        Assert.Equal([1, 2], await application.GetAsync<List<int>>(key, () => []));
    }

    [Theory, Both]
    public async Task GetOrCreate_Bytes_ReturnsAnArrayPerCaller(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();
        byte[] made = [1, 2];

        var first = await application.GetAsync(key, () => made);
        made[0] = 8;
        first[0] = 9;

        Assert.Equal([1, 2], await application.GetAsync<byte[]>(key, () => []));
    }

    [Theory, Both]
    public async Task GetOrCreate_ImmutableType_ReturnsTheSameInstance(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();
        var made = new Badge("one");

        Assert.Same(made, await application.GetAsync(key, () => made));
        Assert.Same(made, await application.GetAsync(key, () => new Badge("two")));
    }

    [Theory, Both]
    public async Task GetOrCreate_CopyOfAnotherType_ReadsTheStoredValue(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();
        await application.Cache.SetAsync(key, 5, cancellationToken: Cancellation);

        Assert.Equal(5L, await application.GetAsync(key, () => 6L));
    }

    private static async Task AssertKeptAsync<T>(HybridApplication first, HybridApplication second, T value)
    {
        var key = HybridApplication.Key();
        await first.Cache.SetAsync(key, value, cancellationToken: Cancellation);

        Assert.Equal(value, await first.GetAsync<T>(key, () => throw new InvalidOperationException("run")));
        Assert.Equal(value, await second.GetAsync<T>(key, () => throw new InvalidOperationException("run")));
    }
}
