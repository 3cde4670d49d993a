using CacheOrleans.Client.Tests.Adapters;

namespace CacheOrleans.Client.Tests.Hybrid;

public sealed class HybridWriteTests(HybridSubjects subjects) : IClassFixture<HybridSubjects>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Both]
    public async Task Set_ThenGet_ReturnsItInEveryProcess(Implementation implementation)
    {
        await using var first = subjects.Start(implementation);
        await using var second = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await first.Cache.SetAsync(key, "old", cancellationToken: Cancellation);
        await first.Cache.SetAsync(key, "new", cancellationToken: Cancellation);

        Assert.Equal("new", await first.GetAsync(key, () => "made"));
        Assert.Equal("new", await second.GetAsync(key, () => "made"));
    }

    [Theory, Both]
    public async Task Set_MutableValue_StoresASnapshot(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();
        var person = new Person { Name = "Ada" };

        await application.Cache.SetAsync(key, person, cancellationToken: Cancellation);
        person.Name = "changed";

        Assert.Equal("Ada", (await application.GetAsync(key, () => new Person())).Name);
    }

    [Theory, Both]
    public async Task Set_ValueOfAnotherType_ReplacesTheValue(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var key = HybridApplication.Key();

        await application.Cache.SetAsync(key, 1, cancellationToken: Cancellation);
        await application.Cache.SetAsync(key, "text", cancellationToken: Cancellation);

        Assert.Equal("text", await application.GetAsync(key, () => "made"));
    }

    [Theory, Both]
    public async Task Set_WithABadKey_DoesNotThrow(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        foreach (var key in new[] { "", " ", "line\nbreak", new string('k', 1025) })
        {
            await application.Cache.SetAsync(key, "value", cancellationToken: Cancellation);

            Assert.Equal("made", await application.GetAsync(key, () => "made"));
        }
    }

    [Theory, Both]
    public async Task Remove_EndsCopyAndValue(Implementation implementation)
    {
        await using var first = subjects.Start(implementation);
        await using var second = subjects.Start(implementation);
        var key = HybridApplication.Key();
        await first.KeepAsync(key, "value");

        await first.Cache.RemoveAsync(key, Cancellation);

        Assert.Null(await first.LocalAsync<string>(key));
        Assert.Null(await first.DistributedAsync<string>(key));
        Assert.Null(await second.DistributedAsync<string>(key));
        Assert.Equal("made", await first.GetAsync(key, () => "made"));
    }

    [Theory, Both]
    public async Task Remove_SeveralKeys_EndsAllOfThem(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        var keys = Enumerable.Range(0, 5).Select(_ => HybridApplication.Key()).ToArray();
        foreach (var key in keys)
        {
            await application.KeepAsync(key, "value");
        }

        await application.Cache.RemoveAsync(keys.Take(4).Append(keys[0]), Cancellation);

        foreach (var key in keys[..4])
        {
            Assert.Null(await application.LocalAsync<string>(key));
            Assert.Null(await application.DistributedAsync<string>(key));
        }

        Assert.Equal("value", await application.LocalAsync<string>(keys[4]));
    }

    [Theory, Both]
    public async Task Remove_MissingKey_DoesNothing(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);

        await application.Cache.RemoveAsync(HybridApplication.Key(), Cancellation);
        await application.Cache.RemoveAsync([], Cancellation);
    }

    [Theory, Both]
    public async Task Remove_NullKey_IsRefused(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);

        var error = await Assert.ThrowsAsync<ArgumentNullException>(
            async () => await application.Cache.RemoveAsync(((string?)null)!, Cancellation));

        Assert.Equal("key", error.ParamName);
    }

    [Theory, Both]
    public async Task Remove_WithABadKey_DoesNotThrow(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        foreach (var key in new[] { "", " ", "line\nbreak", new string('k', 1025), "half \ud83d" })
        {
            await application.Cache.RemoveAsync(key, Cancellation);
        }
    }

    [Theory, Both]
    public async Task Remove_CopyWithoutAStoredValue_EndsIt(Implementation implementation)
    {
        await using var application = subjects.Start(implementation);
        await application.GetAsync("half \ud83d", () => "value");

        await application.Cache.RemoveAsync("half \ud83d", Cancellation);

        Assert.Null(await application.LocalAsync<string>("half \ud83d"));
    }
}
