// A silo of your own, with a fallback written in C#. It runs without Redis too; then every miss is a load.
using System.Text;
using CacheOrleans;
using CacheOrleans.Definitions;
using CacheOrleans.FirstSteps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var user = new CacheDefinition("user", "user:{user_id}", TimeSpan.FromMinutes(5));

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton<Users>();
builder.Services.AddRedisBackingStore(builder.Configuration.GetConnectionString("Redis") ?? "localhost:6390");
builder.UseOrleans(silo =>
{
    silo.UseLocalhostClustering(
        builder.Configuration.GetValue("Orleans:SiloPort", 11111),
        builder.Configuration.GetValue("Orleans:GatewayPort", 30000));
    silo.AddCacheOrleans()
        .AddCache(user)
        .AddLoader<UserLoader>("user");
});

using var host = builder.Build();
await host.StartAsync();

var entry = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICacheEntryGrain>(user.Key(42).Text);
for (var read = 1; read <= 2; read++)
{
    var answer = await entry.GetAsync();
    Console.WriteLine($"{answer.Source}: {Encoding.UTF8.GetString(answer.Value ?? [])}");
}

await host.StopAsync();
