// Reads from the cluster that `dotnet run --project src/Silo` has started.
using System.Text;
using CacheOrleans;
using CacheOrleans.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.AddCacheOrleansClusterClient();

using var app = builder.Build();
await app.StartAsync();

var grains = app.Services.GetRequiredService<IGrainFactory>();
var country = new CacheDefinition("country", "country:{code}", TimeSpan.FromMinutes(5));
var entry = grains.GetGrain<ICacheEntryGrain>(country.Key("KR").Text);

var answer = await entry.GetAsync();
Console.WriteLine($"{answer.Source}: {Encoding.UTF8.GetString(answer.Value ?? [])}");

Console.WriteLine(await entry.SetAsync(new CacheWrite("""{"code":"KR"}"""u8.ToArray(), WriteThrough: true)));
Console.WriteLine(await entry.RemoveAsync());

await app.StopAsync();
