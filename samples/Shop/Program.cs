using CacheOrleans.Shop;
using CacheOrleans.Shop.Answers;
using CacheOrleans.Shop.Api;
using CacheOrleans.Shop.Catalog;
using CacheOrleans.Shop.Changes;
using CacheOrleans.Shop.Data;
using CacheOrleans.Shop.Pages;
using Microsoft.EntityFrameworkCore;

// A shop whose reads go through the cluster that `dotnet run --project src/Silo` has started, or without it.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddShopDatabase(builder.Configuration);
builder.Services.AddCacheOrleans().AsHybridCache();
builder.Services.AddCached<IProducts, Products>();
builder.Services.AddSingleton<Listings>().AddSingleton<StockLevels>();
builder.Services.AddSingleton<Storefront>().AddSingleton<AnswerLog>().AddSingleton<ClientMeters>();
builder.Services.AddSingleton<ShopChanges>().AddSingleton<StaleProducts>();
builder.Services.AddHostedService(services => services.GetRequiredService<StaleProducts>());
builder.Services.AddRazorComponents();
builder.Services.AddShopProblems();

var app = builder.Build();
await FirstProducts.EnsureAsync(app.Services.GetRequiredService<IDbContextFactory<ShopDatabase>>());
app.Services.GetRequiredService<ClientMeters>();
app.UseShopProblems();
app.UseStaticFiles();
app.UseRouting();
app.UseAntiforgery();
app.MapShopApi();
app.MapRazorComponents<App>();
await app.RunAsync();
