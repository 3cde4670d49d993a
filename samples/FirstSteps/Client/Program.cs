// Caches through the cluster that `dotnet run --project src/Silo` has started.
using CacheOrleans.Client;
using CacheOrleans.Definitions;
using CacheOrleans.FirstSteps.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddCacheOrleans();

using var app = builder.Build();
await app.StartAsync();

var cache = app.Services.GetRequiredService<ICacheClient>();
var prices = new CacheDefinition<int, Price>("price", "price:{id}", TimeSpan.FromMinutes(5));

for (var i = 0; i < 3; i++)
{
    var price = await cache.GetWithFallbackAsync(prices, 42, static async (id, cancellationToken) =>
    {
        Console.WriteLine($"asking the database for the price of {id}");
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        return new Price(id, 1999);
    });
    Console.WriteLine(price);
}

// The fallback of this cache is SQL in the silo.
var countries = new CacheDefinition<string, Country>("country", "country:{code}", TimeSpan.FromMinutes(5));
Console.WriteLine(await cache.GetAsync(countries, "KR"));

await app.StopAsync();
