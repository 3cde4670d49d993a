global using CacheOrleans.Fuzz.Engine;
global using Microsoft.Extensions.Configuration;
global using Microsoft.Extensions.DependencyInjection;
global using Orleans.Hosting;
