using System.Text.Json;
using CacheOrleans.Client;
using CacheOrleans.ClientProcess;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddCacheOrleans();
using var app = builder.Build();
await app.StartAsync();
var worker = new Worker(app.Services.GetRequiredService<ICacheClient>());
Console.WriteLine("ready");
while (Console.ReadLine() is { } line)
{
    _ = AnswerAsync(JsonSerializer.Deserialize<Order>(line)!);
}

await app.StopAsync();

async Task AnswerAsync(Order order)
{
    var report = await worker.DoAsync(order);
    Console.WriteLine(JsonSerializer.Serialize(report));
}
