using CacheOrleans.Keys;
using CacheOrleans.Loading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CacheOrleans.Sql.Tests;

/// <summary>A service provider with the fallbacks of a configuration.</summary>
internal sealed class SqlHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public SqlHost(params (string Path, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(Logs)));
        services.AddSqlFallbacks(Configuration(settings));
        _services = services.BuildServiceProvider();
    }

    public FakeLogCollector Logs { get; } = new();

    public static IConfiguration Configuration(params (string Path, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Path, (string?)pair.Value)))
            .Build();

    /// <summary>The settings of one cache whose database is named <c>Db</c>.</summary>
    public static (string Path, string Value)[] Cache(
        string connectionString, string key, string sql, params (string Path, string Value)[] more) =>
        [
            ("ConnectionStrings:Db", connectionString),
            ("Caches:test:Key", key),
            ("Caches:test:TimeToLive", "00:05:00"),
            ("Caches:test:Fallback:ConnectionString", "Db"),
            ("Caches:test:Fallback:Sql", sql),
            .. more,
        ];

    public IReadOnlyList<string> Loaders =>
        [.. _services.GetServices<LoaderRegistration>().Select(registration => registration.Cache)];

    /// <summary>The settings of another cache of the same database.</summary>
    public static (string Path, string Value)[] Other(string key, string sql) =>
        [
            ("Caches:other:Key", key),
            ("Caches:other:TimeToLive", "00:05:00"),
            ("Caches:other:Fallback:ConnectionString", "Db"),
            ("Caches:other:Fallback:Sql", sql),
        ];

    /// <summary>Runs what the host runs before anything else starts.</summary>
    public Task StartAsync() =>
        _services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single().StartingAsync(default);

    public ValueTask<LoadResult> LoadAsync(
        CancellationToken cancellationToken, params (string Name, string Value)[] parameters) =>
        LoadOfAsync("test", cancellationToken, parameters);

    /// <summary>Loads from the given cache.</summary>
    public ValueTask<LoadResult> LoadOfAsync(
        string cache, CancellationToken cancellationToken, params (string Name, string Value)[] parameters) =>
        _services.GetRequiredKeyedService<ICacheLoader>(cache).LoadAsync(
            Key(cache, parameters), cancellationToken);

    /// <summary>Returns what is wrong with a key's parameters.</summary>
    public string? Check(params (string Name, string Value)[] parameters) =>
        _services.GetRequiredKeyedService<ICacheLoader>("test").Check(Key("test", parameters));

    /// <summary>Loads a value and returns it as text.</summary>
    public async Task<string?> TextAsync(params (string Name, string Value)[] parameters) =>
        (await LoadAsync(default, parameters)).Value is { } value ? System.Text.Encoding.UTF8.GetString(value) : null;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static CacheKey Key(string cache, (string Name, string Value)[] parameters) =>
        CacheKey.Create(cache, 1, [.. parameters.Select(pair => new CacheKeyParameter(pair.Name, pair.Value))]);
}
