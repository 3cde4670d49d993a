using System.Text;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>An application that uses the grain factory over two silos.</summary>
[Collection(nameof(EmbeddedCluster))]
public sealed class ClientTests(EmbeddedCluster fixture)
{
    [Fact]
    [Trait("Row", "L2")]
    public async Task Get_ByKeyOnly_ReadsThroughTheCluster()
    {
        var entry = fixture.Grains.GetGrain<ICacheEntryGrain>("country/v1?code=JP");

        var cold = await entry.GetAsync();
        var warm = await entry.GetAsync();

        Assert.Equal(EntrySource.Fallback, cold.Source);
        Assert.Equal(EntrySource.Memory, warm.Source);
        Assert.Contains("日本", Encoding.UTF8.GetString(warm.Value!), StringComparison.Ordinal);
        Assert.Equal("memory", await fixture.Second.SourceAsync("country/entry?code=JP"));
    }

    [Fact]
    public async Task SetAndRemove_AreSeenOverHttp()
    {
        var entry = fixture.Grains.GetGrain<ICacheEntryGrain>("country/v3?code=XX");

        Assert.Equal(WriteOutcome.Applied, await entry.SetAsync(new CacheWrite("{}"u8.ToArray(), WriteThrough: true)));
        using var held = await fixture.First.GetEntryAsync("country/entry?code=XX&version=3");
        Assert.Equal(WriteOutcome.Applied, await entry.RemoveAsync());
        using var gone = await fixture.Second.GetEntryAsync("country/entry?code=XX&version=3");

        Assert.Equal("{}", await held.Content.ReadAsStringAsync());
        Assert.Equal(404, (int)gone.StatusCode);
    }

    [Theory]
    [InlineData("country", "country")]
    [InlineData("nope/v1", "currency")]
    [InlineData("country/v1", "code")]
    [InlineData("country/v01?code=KR", "country/v1?code=KR")]
    [InlineData("country/v1?code=한", "country/v1?code=%ED%95%9C")]
    [InlineData("country/v1?code=%0A", "AllowControlCharacters")]
    public async Task Get_InvalidKey_ThrowsAnArgumentException(string key, string named)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => fixture.Grains.GetGrain<ICacheEntryGrain>(key).GetAsync());

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_ValueOverTheLimit_NamesTheLimit()
    {
        var entry = fixture.Grains.GetGrain<ICacheEntryGrain>("country/v1?code=DE");

        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => entry.SetAsync(new CacheWrite(new byte[(1024 * 1024) + 1])));

        Assert.Contains("MaxValueBytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "L5")]
    public async Task Get_FallbackFails_ShowsTheDatabasesError()
    {
        var exception = await Assert.ThrowsAsync<CacheFallbackException>(
            () => fixture.Grains.GetGrain<ICacheEntryGrain>("broken/v1?code=KR").GetAsync());

        Assert.Equal("broken", exception.Cache);
        Assert.Contains("integer overflow", exception.Message, StringComparison.Ordinal);
        Assert.Contains("integer overflow", exception.InnerException?.Message, StringComparison.Ordinal);
        Assert.Contains("SqliteException", exception.InnerException!.ToString(), StringComparison.Ordinal);
    }
}
