using CacheOrleans.Client.Tests.Adapters;
using CacheOrleans.Testing;
using Microsoft.Extensions.Caching.Hybrid;

namespace CacheOrleans.Client.Tests.Hybrid;

public sealed class HybridTagTests(HybridSubjects subjects) : IClassFixture<HybridSubjects>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Both]
    public async Task RemoveByTag_TaggedValues_EndsOnlyThose(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (tag, other) = (HybridApplication.Key(), HybridApplication.Key());
        var (tagged, both, different, plain) = await SetFourAsync(application, tag, other);

        await application.Cache.RemoveByTagAsync(tag, Cancellation);

        foreach (var key in new[] { tagged, both })
        {
            Assert.Null(await application.LocalAsync<string>(key));
            Assert.Null(await application.DistributedAsync<string>(key));
        }

        Assert.Equal("value", await application.LocalAsync<string>(different));
        Assert.Equal("value", await application.DistributedAsync<string>(different));
        Assert.Equal("value", await application.LocalAsync<string>(plain));
    }

    [Theory, Both]
    public async Task RemoveByTag_BeforeAProcessStarts_IsKnownToIt(Implementation implementation)
    {
        await using var first = subjects.Start(implementation);
        var tag = HybridApplication.Key();
        var (tagged, _, different, _) = await SetFourAsync(first, tag, HybridApplication.Key());

        await first.Cache.RemoveByTagAsync(tag, Cancellation);

        await using var second = subjects.Start(implementation);
        Assert.Null(await second.DistributedAsync<string>(tagged));
        Assert.Equal("value", await second.DistributedAsync<string>(different));
    }

    [Theory, Both]
    public async Task RemoveByTag_Everything_EndsAllValues(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (tagged, _, _, plain) = await SetFourAsync(application, HybridApplication.Key(), HybridApplication.Key());

        await application.Cache.RemoveByTagAsync("*", Cancellation);

        foreach (var key in new[] { tagged, plain })
        {
            Assert.Null(await application.LocalAsync<string>(key));
            Assert.Null(await application.DistributedAsync<string>(key));
        }
    }

    [Theory, Both]
    public async Task RemoveByTag_SeveralTags_EndsTheValuesOfEach(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (tag, other) = (HybridApplication.Key(), HybridApplication.Key());
        var (tagged, both, different, plain) = await SetFourAsync(application, tag, other);

        await application.Cache.RemoveByTagAsync([tag, other], Cancellation);

        Assert.Null(await application.DistributedAsync<string>(tagged));
        Assert.Null(await application.DistributedAsync<string>(both));
        Assert.Null(await application.DistributedAsync<string>(different));
        Assert.Equal("value", await application.DistributedAsync<string>(plain));
    }

    [Theory, Both]
    public async Task RemoveByTag_EmptyTags_DoesNothing(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (tagged, _, _, _) = await SetFourAsync(application, HybridApplication.Key(), HybridApplication.Key());

        foreach (var tag in new[] { null!, "", " " })
        {
            await application.Cache.RemoveByTagAsync(tag, Cancellation);
        }

        await application.Cache.RemoveByTagAsync([], Cancellation);
        Assert.Equal("value", await application.LocalAsync<string>(tagged));
    }

    [Theory, Both]
    public async Task Set_AfterRemoveByTag_IsValid(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (key, tag) = (HybridApplication.Key(), HybridApplication.Key());
        for (var i = 0; i < 20; i++)
        {
            await application.Cache.RemoveByTagAsync(tag, Cancellation);
            await application.Cache.SetAsync(key, i, null, [tag], Cancellation);

            Assert.Equal(i, await application.GetAsync(key, () => -1));
            Assert.Equal(i, await application.DistributedAsync<int>(key));
        }
    }

    [Theory, Both]
    public async Task GetOrCreate_WithTags_TagsTheValue(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (key, tag) = (HybridApplication.Key(), HybridApplication.Key());

        await application.GetAsync(key, () => "old", tags: Lazily("a", tag, "b", tag));
        await application.Cache.RemoveByTagAsync(tag, Cancellation);

        Assert.Equal("new", await application.GetAsync(key, () => "new"));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithBadTags_IsRefused(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        foreach (var tags in new string[][] { [""], [" "], [null!], ["*"], ["good", ""], ["good", "*"] })
        {
            var key = HybridApplication.Key();

            var get = await Assert.ThrowsAsync<ArgumentException>(
                async () => await application.GetAsync(key, () => "value", tags: tags));
            var set = await Assert.ThrowsAsync<ArgumentException>(
                async () => await application.Cache.SetAsync(key, "value", null, tags, Cancellation));

            Assert.Equal("tags", get.ParamName);
            Assert.Equal("tags", set.ParamName);
            Assert.Null(await application.LocalAsync<string>(key));
        }
    }

    [Theory, Both]
    public async Task GetOrCreate_HitWithBadTags_DoesNotCheckThem(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();
        await application.KeepAsync(key, "value");

        Assert.Equal("value", await application.GetAsync(key, () => "again", tags: [""]));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithHalfASurrogatePairInATag_KeepsOnlyACopyAndLogs(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await SetAsync(application, key, "good", "half \ud83d");

        Assert.NotEqual(0, application.Errors);
        Assert.Null(await application.DistributedAsync<string>(key));
    }

    [Theory, Both]
    public async Task RemoveByTag_CopyWithoutAStoredValue_EndsIt(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var (key, tag) = (HybridApplication.Key(), HybridApplication.Key());
        await SetAsync(application, HybridApplication.Key(), tag);
        await application.GetAsync(key, () => "value", HybridCacheEntryFlags.DisableDistributedCache, [tag]);
        Assert.Equal("value", await application.LocalAsync<string>(key));

        await application.Cache.RemoveByTagAsync(tag, Cancellation);

        Assert.Null(await application.LocalAsync<string>(key));
    }

    [Theory, Both]
    public async Task GetOrCreate_WithUnusualAndManyTags_AcceptsThem(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        string[] tags =
        [
            "a b", "서울", "line\nbreak", new('t', 2000), "**", "🚆", .. Enumerable.Range(0, 50).Select(i => $"tag {i}"),
        ];
        foreach (var tag in new[] { "a b", "서울", "line\nbreak", tags[3], "**", "🚆", "tag 49" })
        {
            var key = HybridApplication.Key();
            await SetAsync(application, key, tags);
            Assert.Equal("value", await application.DistributedAsync<string>(key));

            await application.Cache.RemoveByTagAsync(tag, Cancellation);

            Assert.Null(await application.LocalAsync<string>(key));
            Assert.Null(await application.DistributedAsync<string>(key));
        }
    }

    /// <summary>Sets a value with tags. When a process uses a tag for the first time, it may consider copies expired
    /// until it knows the tag's state.</summary>
    private static Task SetAsync(HybridApplication application, string key, params string[] tags) =>
        Eventually.TrueAsync(
            async () =>
            {
                await application.KeepAsync(key, "value", null, tags);
                return await application.LocalAsync<string>(key) == "value";
            },
            "the value is set and its tags are known");

    private static async Task<(string Tagged, string Both, string Different, string Plain)> SetFourAsync(
        HybridApplication application, string tag, string other)
    {
        var keys = Enumerable.Range(0, 4).Select(_ => HybridApplication.Key()).ToArray();
        string[][] tags = [[tag], [other, tag], [other], []];
        for (var i = 0; i < keys.Length; i++)
        {
            await SetAsync(application, keys[i], tags[i]);
        }

        return (keys[0], keys[1], keys[2], keys[3]);
    }

    private static IEnumerable<string> Lazily(params string[] tags)
    {
        foreach (var tag in tags)
        {
            yield return tag;
        }
    }
}
