using System.Net;
using System.Text;
using System.Text.Json;
using CacheOrleans.Testing;
using Microsoft.Playwright;

namespace CacheOrleans.EndToEnd.Shop;

/// <summary>The sample shop as a process, over HTTP and in a browser, while the silo is available, away, and back. Each
/// test has its own products.</summary>
public sealed class ShopTests(ShopCluster cluster) : IClassFixture<ShopCluster>
{
    private static readonly string[] Pages = ["/", "/categories/Coffee", "/products/5", "/answers"];

    private ShopProcess Shop => cluster.Shop;

    [Fact]
    public async Task Answers_ShowTheirSource()
    {
        Assert.Equal("database", (await Shop.ReadAsync("/api/products/1")).Source);
        foreach (var path in (string[])["/api/products/1", "/api/products/1/stock", "/api/categories/Tea"])
        {
            await SourceBecomesAsync(path, "copy");
            await SourceBecomesAsync(path, "cluster");
        }

        using var answers = JsonDocument.Parse(await Shop.Http.GetStringAsync("/api/answers"));
        Assert.Equal(
            ["hybrid", "product", "stock"],
            answers.RootElement.GetProperty("counters").EnumerateArray()
                .Select(counters => counters.GetProperty("cache").GetString()));
    }

    [Theory]
    [InlineData("GET", "products/99", null, HttpStatusCode.NotFound, "There is no product 99.")]
    [InlineData("GET", "products/99/stock", null, HttpStatusCode.NotFound, "There is no product 99.")]
    [InlineData("GET", "categories/Shoes", null, HttpStatusCode.NotFound, "There is no category 'Shoes'.")]
    [InlineData("PUT", "products/99/price", """{"price":1}""", HttpStatusCode.NotFound, "There is no product 99.")]
    [InlineData("PUT", "products/2/price", """{"price":-1}""", HttpStatusCode.BadRequest, "A price is a number from")]
    [InlineData("PUT", "products/2/price", """{"price":1.234}""", HttpStatusCode.BadRequest, "two decimals at most")]
    [InlineData("PUT", "products/2/price", "{}", HttpStatusCode.BadRequest, "A price is a number from")]
    [InlineData("PUT", "products/2/price", "", HttpStatusCode.BadRequest, "A price is a number from")]
    [InlineData("PUT", "products/2/price", "12", HttpStatusCode.BadRequest, "as JSON")]
    [InlineData("POST", "products/2/orders", """{"quantity":0}""", HttpStatusCode.BadRequest, "A quantity is a")]
    [InlineData("POST", "products/2/orders", """{"quantity":21}""", HttpStatusCode.Conflict, "not so many left")]
    public async Task InvalidInput_IsExplainedInWords(
        string method, string path, string? body, HttpStatusCode status, string detail)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/{path}");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await Shop.Http.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Contains(detail, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(11.50m, await Shop.PriceAsync(2));
        Assert.Equal(20, (await Shop.ReadAsync("/api/products/2/stock")).Value.GetInt32());
    }

    [Fact]
    public async Task Browser_ChangesAndOrders_SeesTheResultAtOnce()
    {
        var page = Browser();
        await VisitAsync(page, "/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Chocolate" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Hazelnut" }).ClickAsync();
        Assert.Equal(("€ 4.20", "20 left"), await OfferAsync(page));

        await SubmitAsync(page, "New price", "4.75", "Change");
        Assert.Equal("€ 4.75", (await OfferAsync(page)).Price);
        await SubmitAsync(page, "Quantity", "3", "Order");
        Assert.Equal(("€ 4.75", "17 left"), await OfferAsync(page));
        await SubmitAsync(page, "Quantity", "lots", "Order");
        Assert.Contains("whole number", await page.GetByRole(AriaRole.Alert).InnerTextAsync());

        await VisitAsync(page, "/categories/Chocolate");
        var card = page.GetByRole(AriaRole.Link, new() { Name = "Hazelnut" });
        Assert.Contains("€ 4.75", await card.InnerTextAsync());
        Assert.Contains("17 left", await card.InnerTextAsync());
        Assert.Equal(404, (await page.GotoAsync("/products/99"))!.Status);
        Assert.Equal("Not found", await page.GetByRole(AriaRole.Heading).InnerTextAsync());
    }

    [Fact]
    public async Task SiloStopsAndReturns_EveryPageIsServed_AndNoChangeIsLost()
    {
        var page = Browser();
        await SourceBecomesAsync("/api/products/5", "cluster"); // the cluster has the old prices
        using var closing = new CancellationTokenSource();
        var visitor = BrowseUntilAsync(closing.Token);

        await cluster.StopSiloAsync();

        await VisitAsync(page, "/products/5");
        await SubmitAsync(page, "New price", "8.15", "Change");
        await SubmitAsync(page, "Quantity", "2", "Order");
        Assert.Equal(("€ 8.15", "18 left"), await OfferAsync(page));
        await Shop.SetPriceAsync(6, 9.15m);
        Assert.Equal(9.15m, await Shop.PriceAsync(6));
        await VisitAsync(page, "/categories/Coffee");
        Assert.Contains("€ 8.15", await page.GetByRole(AriaRole.Link, new() { Name = "Sidamo" }).InnerTextAsync());
        await VisitAsync(page, "/answers");
        Assert.Equal("3", await page.Locator("#waiting").InnerTextAsync());

        await cluster.StartSiloAsync();

        await Eventually.TrueAsync(() => NothingWaitsAsync(page), "the cluster knows the changes");
        await SourceBecomesAsync("/api/products/5", "cluster");
        Assert.Equal(8.15m, await Shop.PriceAsync(5));
        Assert.Equal(9.15m, await Shop.PriceAsync(6));
        Assert.Equal(18, (await Shop.ReadAsync("/api/products/5/stock")).Value.GetInt32());
        await closing.CancelAsync();
        Assert.True(await visitor > 0);
    }

    private IPage Browser()
    {
        Assert.SkipWhen(cluster.Page is null, "There is no Chromium on this machine.");
        return cluster.Page;
    }

    /// <summary>Visits the pages of the shop repeatedly; fails at the first page that fails.</summary>
    private async Task<int> BrowseUntilAsync(CancellationToken closing)
    {
        var count = 0;
        while (!closing.IsCancellationRequested)
        {
            using var response = await Shop.Http.GetAsync(Pages[count++ % Pages.Length], CancellationToken.None);
            response.EnsureSuccessStatusCode();
            await Latency.OfAsync(200);
        }

        return count;
    }

    private Task SourceBecomesAsync(string path, string source) => Eventually.TrueAsync(
        async () =>
        {
            await Latency.OfAsync(50); // copies end slowly, and polling faster would load the machine
            return (await Shop.ReadAsync(path)).Source == source;
        },
        $"{path} is answered from '{source}'");

    private static async Task VisitAsync(IPage page, string path) =>
        Assert.Equal(200, (await page.GotoAsync(path))!.Status);

    private static async Task<bool> NothingWaitsAsync(IPage page)
    {
        await VisitAsync(page, "/answers");
        return await page.Locator("#waiting").InnerTextAsync() == "0";
    }

    private static async Task SubmitAsync(IPage page, string label, string text, string button)
    {
        await page.GetByLabel(label).FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }

    private static async Task<(string Price, string Stock)> OfferAsync(IPage page) =>
        (await page.Locator("#price").InnerTextAsync(), await page.Locator("#stock").InnerTextAsync());
}
