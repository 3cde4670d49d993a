using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;
using Microsoft.Playwright;

namespace CacheOrleans.EndToEnd.Shop;

/// <summary>A silo, a shop and a browser. Redis outlives the silo, so that the cluster still has its data when the silo
/// returns.</summary>
public sealed class ShopCluster : IAsyncLifetime
{
    private readonly GarnetServer _redis = GarnetServer.Launch();
    private readonly GarnetServer _membership = GarnetServer.Launch();
    private readonly string _folder = Directory.CreateTempSubdirectory("cacheorleans-shop-").FullName;
    private SiloProcess? _silo;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal ShopProcess Shop { get; private set; } = null!;

    /// <summary>A page of the browser; null if there is no browser and the test must be skipped.</summary>
    internal IPage? Page { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var shop = ShopProcess.StartAsync($"Data Source={_folder}/shop.db", _membership.ConnectionString);
        await StartSiloAsync();
        Shop = await shop;
        await OpenBrowserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
        await Shop.DisposeAsync();
        await _silo!.DisposeAsync();
        _redis.Dispose();
        _membership.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task StartSiloAsync() => _silo = await SiloProcess.StartAsync(new SiloSettings
    {
        Redis = _redis.ConnectionString,
        Membership = _membership.ConnectionString,
    });

    /// <summary>Stops the silo; its queued writes are in Redis afterwards.</summary>
    internal async Task StopSiloAsync()
    {
        Assert.Equal(0, await _silo!.StopAsync());
        await _silo.DisposeAsync();
    }

    private async Task OpenBrowserAsync()
    {
        if (Component.Find("chromium") is { } chromium)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = chromium,
                Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            });
            Page = await _browser.NewPageAsync(new() { BaseURL = Shop.Http.BaseAddress!.ToString() });
        }
    }
}
