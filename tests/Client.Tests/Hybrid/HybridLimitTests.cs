using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Tests.Hybrid;

public sealed class HybridLimitTests(HybridSubjects subjects) : IClassFixture<HybridSubjects>
{
    private static readonly string[] BadKeys =
        [null!, "", "  ", "\t", "line\nbreak", "nul\0", "unit\u001f", new('k', 1025)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Both]
    public async Task GetOrCreate_WithABadKey_RunsTheFactoryEachTimeAndLogs(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        foreach (var key in BadKeys)
        {
            var (runs, errors) = (0, application.Errors);

            Assert.Equal(1, await application.GetAsync(key, () => ++runs));
            Assert.Equal(2, await application.GetAsync(key, () => ++runs));
            Assert.Equal(0, await application.GetAsync(key, () => ++runs, HybridCacheEntryFlags.DisableUnderlyingData));

            Assert.Equal(errors + 3, application.Errors);
        }
    }

    [Theory, Both]
    public async Task GetOrCreate_WithAnUnusualKey_IsCached(Implementation implementation)
    {
        await using var first = subjects.Start(implementation);
        await using var second = subjects.Start(implementation);
        string[] keys =
        [
            " a b ", "a/b?c=d&e#f%20", "서울", new('서', 1024), new('k', 1024), "delete\u007f", "next\u0085line", "*",
            "🚆",
        ];
        foreach (var key in keys)
        {
            var value = $"value of {key}";
            await first.KeepAsync(key, value);

            Assert.Equal(value, await first.LocalAsync<string>(key));
            Assert.Equal(value, await second.DistributedAsync<string>(key));
        }

        Assert.Equal(0, first.Errors);
    }

    [Theory, Both]
    public async Task GetOrCreate_WithHalfASurrogatePair_KeepsOnlyACopyAndLogs(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        foreach (var key in new[] { "half \ud83d", "\udc00half" })
        {
            var errors = application.Errors;

            Assert.Equal("value", await application.GetAsync(key, () => "value"));
            Assert.Equal("value", await application.GetAsync(key, () => "again"));

            Assert.Equal(errors + 1, application.Errors);
            Assert.Null(await application.DistributedAsync<string>(key));
        }
    }

    [Theory, Both]
    public async Task Value_HalfASurrogatePair_IsUnchangedInThisProcess(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (made, set) = (HybridApplication.Key(), HybridApplication.Key());

        Assert.Equal("half \ud83d", await application.GetAsync(made, () => "half \ud83d"));
        await application.Cache.SetAsync(set, "\udc00half", cancellationToken: Cancellation);

        Assert.Equal("half \ud83d", await application.LocalAsync<string>(made));
        Assert.Equal("\udc00half", await application.LocalAsync<string>(set));
        if (implementation == Implementation.Cluster)
        {
            // Other processes receive nothing; with Microsoft's implementation they receive another text.
            Assert.Null(await application.DistributedAsync<string>(made));
            Assert.Null(await application.DistributedAsync<string>(set));
            Assert.Equal(2, application.Errors);
        }
    }

    [Theory, Both]
    public async Task GetOrCreate_MaximumKeyLengthConfigured_IsObserved(Implementation implementation)
    {
        await using var application = subjects.Start(
            implementation, settings => settings.MaximumKeyLength = 10);
        var runs = 0;

        Assert.Equal(1, await application.GetAsync("ten chars.", () => ++runs));
        Assert.Equal(1, await application.GetAsync("ten chars.", () => ++runs));
        Assert.Equal(2, await application.GetAsync("ten chars..", () => ++runs));
        Assert.Equal(3, await application.GetAsync("ten chars..", () => ++runs));
    }

    [Theory, Both]
    public async Task GetOrCreate_ValueOverTheLimit_IsReturnedAndNotStored(Implementation implementation)
    {
        await using var application = subjects.Start(
            implementation, settings => settings.MaximumPayloadBytes = 1000);
        var (text, list) = (new string('v', 1001), Enumerable.Range(1000, 250).ToList());
        var (textKey, listKey) = (HybridApplication.Key(), HybridApplication.Key());

        Assert.Equal(text, await application.GetAsync(textKey, () => text));
        Assert.Equal(list, await application.GetAsync(listKey, () => list));
        await application.Cache.SetAsync(HybridApplication.Key(), text, cancellationToken: Cancellation);

        Assert.Equal(3, application.Errors);
        Assert.Null(await application.DistributedAsync<string>(textKey));
        Assert.Null(await application.DistributedAsync<List<int>>(listKey));
    }

    [Theory, Both]
    public async Task GetOrCreate_ImmutableValueOverTheLimit_KeepsACopy(Implementation implementation)
    {
        await using var application = subjects.Start(
            implementation, settings => settings.MaximumPayloadBytes = 1000);
        var (text, key) = (new string('v', 1001), HybridApplication.Key());

        Assert.Equal(text, await application.GetAsync(key, () => text));

        Assert.Equal(text, await application.LocalAsync<string>(key));
    }

    [Theory, Both]
    public async Task GetOrCreate_ValueWithinTheLimit_IsStored(Implementation implementation)
    {
        await using var application = subjects.Start(
            implementation, settings => settings.MaximumPayloadBytes = 1000);
        var (text, key) = (new string('v', 900), HybridApplication.Key());

        Assert.Equal(text, await application.GetAsync(key, () => text));

        await Eventually.TrueAsync(
            async () => await application.DistributedAsync<string>(key) == text, "the value is stored");
    }

    [Theory, Both]
    public async Task GetOrCreate_UnserializableValue_FailsAndLogs(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await Assert.ThrowsAsync<NotSupportedException>(
            async () => await application.GetAsync(key, () => new Pointer(1)));

        Assert.Equal(1, application.Errors);
        Assert.Null(await application.LocalAsync<Pointer>(key));
    }

    [Theory, Both]
    public async Task Set_UnserializableValue_LogsAndKeepsNothing(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await application.Cache.SetAsync(key, new Pointer(1), cancellationToken: Cancellation);

        Assert.Equal(1, application.Errors);
        Assert.Null(await application.LocalAsync<Pointer>(key));
    }

    /// <summary>A value that JSON refuses.</summary>
    private sealed record Pointer(nint Address);
}
