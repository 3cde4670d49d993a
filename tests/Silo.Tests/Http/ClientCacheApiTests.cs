using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CacheOrleans.Silo.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Silo.Tests.Http;

/// <summary>Reading and ending caches and tags over HTTP, for caches that clients have declared.</summary>
public sealed class ClientCacheApiTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private readonly HttpClient _http = fixture.Http;

    private IGrainFactory Grains => fixture.Host.App.Services.GetRequiredService<IGrainFactory>();

    [Fact]
    public async Task ClientCache_CanBeListedReadDescribedSetAndEnded()
    {
        await DeclareAsync("orders", "image/png");
        await Grains.GetGrain<ICacheEntryGrain>("orders/v1?id=1").SetAsync(new CacheWrite([1, 2, 3]));

        var caches = await _http.GetFromJsonAsync<JsonElement>("/api/caches");
        var listed = caches.EnumerateArray().Single(cache => cache.GetProperty("name").GetString() == "orders");
        using var read = await _http.GetAsync("/api/caches/orders/entry?id=1");
        var described = await _http.GetFromJsonAsync<JsonElement>("/api/caches/orders/entry/description?id=1");

        Assert.False(listed.GetProperty("isRegistered").GetBoolean());
        Assert.Equal("image/png", read.Content.Headers.ContentType?.MediaType);
        Assert.Equal([1, 2, 3], await read.Content.ReadAsByteArrayAsync());
        Assert.Equal("value", described.GetProperty("state").GetString());
        Assert.Equal(3, described.GetProperty("bytes").GetInt32());

        using var put = await _http.PutAsync("/api/caches/orders/entry?id=2", new ByteArrayContent([255]));
        Assert.Equal([255], await _http.GetByteArrayAsync("/api/caches/orders/entry?id=2"));
        Assert.Equal(204, await _http.StatusAsync("DELETE", "/api/caches/orders/entry?id=1"));
        Assert.Equal(204, await _http.StatusAsync("POST", "/api/caches/orders/entry/expire?id=2"));
        Assert.Equal(404, await _http.StatusAsync("GET", "/api/caches/orders/entry?id=1"));
        Assert.Equal(404, await _http.StatusAsync("GET", "/api/caches/orders/entry?id=2"));
    }

    [Fact]
    public async Task ClientCache_OfUnknownType_IsBytes()
    {
        await DeclareAsync("untyped", null);
        await Grains.GetGrain<ICacheEntryGrain>("untyped/v1?id=1").SetAsync(new CacheWrite([1]));

        using var read = await _http.GetAsync("/api/caches/untyped/entry?id=1");

        Assert.Equal("application/octet-stream", read.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task EndCache_ItsEntriesInMemoryAndRedis_AreGone()
    {
        await DeclareAsync("baskets", null);
        await DeclareAsync("baskets2", null);
        foreach (var cache in new[] { "baskets", "baskets2" })
        {
            for (var id = 0; id < 20; id++)
            {
                await Grains.GetGrain<ICacheEntryGrain>($"{cache}/v1?id={id}")
                    .SetAsync(new CacheWrite([1], WriteThrough: true));
            }
        }

        Assert.Equal(204, await _http.StatusAsync("DELETE", "/api/caches/baskets"));

        for (var id = 0; id < 20; id++)
        {
            Assert.Equal(404, await _http.StatusAsync("GET", $"/api/caches/baskets/entry?id={id}"));
            Assert.Equal(200, await _http.StatusAsync("GET", $"/api/caches/baskets2/entry?id={id}"));
        }

        await Grains.GetGrain<ICacheEntryGrain>("baskets/v1?id=1").SetAsync(new CacheWrite([2]));
        Assert.Equal([2], await _http.GetByteArrayAsync("/api/caches/baskets/entry?id=1"));
        Assert.Equal(404, await _http.StatusAsync("DELETE", "/api/caches/nope"));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("user/1", "user%2F1")]
    [InlineData("user/2", "user/2")]
    [InlineData("한 국", "%ED%95%9C%20%EA%B5%AD")]
    public async Task EndTag_ItsEntriesAreGone(string tag, string path)
    {
        await DeclareAsync("tagged", null);
        await Grains.GetGrain<ICacheEntryGrain>("tagged/v1?id=1").SetAsync(new CacheWrite([1], Tags: [tag]));
        await Grains.GetGrain<ICacheEntryGrain>("tagged/v1?id=2").SetAsync(new CacheWrite([2], Tags: ["other"]));

        var before = await _http.GetFromJsonAsync<JsonElement>($"/api/tags/{path}");
        using var ended = await _http.DeleteAsync($"/api/tags/{path}");
        var after = await _http.GetFromJsonAsync<JsonElement>($"/api/tags/{path}");

        Assert.Equal(0, before.GetProperty("version").GetInt64());
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(tag, after.GetProperty("tag").GetString());
        Assert.True(after.GetProperty("version").GetInt64() > 0);
        Assert.Equal(404, await _http.StatusAsync("GET", "/api/caches/tagged/entry?id=1"));
        Assert.Equal(200, await _http.StatusAsync("GET", "/api/caches/tagged/entry?id=2"));
    }

    [Fact]
    public async Task EndTag_TooLong_IsRefused() =>
        Assert.Equal(400, await _http.StatusAsync("DELETE", $"/api/tags/{new string('x', 300)}"));

    private Task DeclareAsync(string cache, string? contentType) =>
        Grains.GetGrain<ICacheEntryGrain>($"{cache}/v1?id=1").DeclareAsync(new CacheDeclaration(
            cache,
            $"{cache}:{{id}}",
            new CacheLife(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30)),
            contentType));
}
