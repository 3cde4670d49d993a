using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using CacheOrleans.Client.Serialization;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Serialization;

public sealed class CacheSerializersTests
{
    [Fact]
    public void Of_TypeWithoutARegistration_WritesJson()
    {
        Assert.Equal("""{"Name":"Seoul","People":9}""", Text(With(_ => { }), new City("Seoul", 9)));
    }

    [Fact]
    public void Of_SameType_IsTheSameInstance()
    {
        var serializers = With(_ => { });

        Assert.Same(serializers.Of<City>(), serializers.Of<City>());
    }

    [Fact]
    public void Of_SeveralRegisteredForTheType_UsesTheLast()
    {
        var serializers = With(services => services
            .AddSingleton<IHybridCacheSerializer<City>>(new Marked<City>("first"))
            .AddSingleton<IHybridCacheSerializer<City>>(new Marked<City>("second"))
            .AddSingleton<IHybridCacheSerializerFactory>(new Factory("factory", typeof(City))));

        Assert.Equal("second", Text(serializers, new City("Seoul", 9)));
    }

    [Fact]
    public void Of_SeveralFactories_AsksTheLastFirst()
    {
        var serializers = With(services => services
            .AddSingleton<IHybridCacheSerializerFactory>(new Factory("first", typeof(City), typeof(int)))
            .AddSingleton<IHybridCacheSerializerFactory>(new Factory("second", typeof(City))));

        Assert.Equal("second", Text(serializers, new City("Seoul", 9)));
        Assert.Equal("first", Text(serializers, 1));
        Assert.Equal("2.5", Text(serializers, 2.5));
    }

    [Fact]
    public void Of_TextAndBytes_IgnoresFactories()
    {
        var serializers = With(services => services
            .AddSingleton<IHybridCacheSerializerFactory>(new Factory("factory", typeof(string), typeof(byte[]))));

        Assert.Equal("text", Text(serializers, "text"));
        Assert.Equal("bytes", Text(serializers, "bytes"u8.ToArray()));
    }

    [Fact]
    public void Of_TextWithARegisteredSerializer_UsesIt()
    {
        var serializers = With(services => services
            .AddSingleton<IHybridCacheSerializer<string>>(new Marked<string>("own")));

        Assert.Equal("own", Text(serializers, "text"));
    }

    [Fact]
    public void Of_JsonOptionsOfTheTypeAndOfAll_UsesThoseOfTheType()
    {
        var serializers = With(services => services
            .AddKeyedSingleton<JsonSerializerOptions>(
                typeof(IHybridCacheSerializer<>),
                new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase })
            .AddKeyedSingleton<JsonSerializerOptions>(
                typeof(IHybridCacheSerializer<City>),
                new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper }));

        Assert.Equal("""{"NAME":"Seoul","PEOPLE":9}""", Text(serializers, new City("Seoul", 9)));
        Assert.Equal("""{"name":"Han"}""", Text(serializers, new River("Han")));
    }

    [Fact]
    public void Of_TypeWithAGeneratedContext_UsesIt()
    {
        var serializers = With(services => services.AddKeyedSingleton<JsonSerializerOptions>(
            typeof(IHybridCacheSerializer<City>), CityContext.Default.Options));
        var serializer = serializers.Of<City>();

        var bytes = serializer.Serialize(new("Seoul", 9));

        Assert.Equal("""{"name":"Seoul","people":9}""", Encoding.UTF8.GetString(bytes));
        Assert.Equal(new("Seoul", 9), serializer.Deserialize(bytes));
    }

    [Fact]
    public void Of_GeneratedContextWithoutTheType_FailsOnUse()
    {
        var serializer = With(services => services.AddKeyedSingleton<JsonSerializerOptions>(
            typeof(IHybridCacheSerializer<>), CityContext.Default.Options)).Of<River>();

        Assert.Throws<NotSupportedException>(() => serializer.Serialize(new("Han")));
    }

    [Fact]
    public void Of_TypesWithOnlyFields_SerializesTheFields()
    {
        var serializers = With(_ => { });

        AssertReturns(serializers, (1, "two"));
        AssertReturns(serializers, new Dictionary<string, (int, int)> { ["one"] = (1, 2) });
        AssertReturns(serializers, new List<ValueTuple<long>> { new(7) });
        AssertReturns(serializers, new Pinned(1, (2, 3)));
        Assert.Equal("""{"Item1":1,"Item2":"two"}""", Text(serializers, (1, "two")));
    }

    [Fact]
    public void Of_OptionsOfTheApplication_AreUnchanged()
    {
        var serializers = With(services => services.AddKeyedSingleton<JsonSerializerOptions>(
            typeof(IHybridCacheSerializer<>), new JsonSerializerOptions(JsonSerializerDefaults.Web)));

        Assert.Equal("{}", Text(serializers, (1, "two")));
    }

    private static CacheSerializers With(Action<IServiceCollection> register)
    {
        var services = new ServiceCollection();
        register(services);
        return new(services.BuildServiceProvider());
    }

    private static string Text<T>(CacheSerializers serializers, T value) =>
        Encoding.UTF8.GetString(serializers.Of<T>().Serialize(value));

    private static void AssertReturns<T>(CacheSerializers serializers, T value)
    {
        var serializer = serializers.Of<T>();
        Assert.Equal(value, serializer.Deserialize(serializer.Serialize(value)));
    }

    private sealed record River(string Name);

    private sealed record Pinned(int Id, (int X, int Y) Place);

    private sealed class Marked<T>(string mark) : IHybridCacheSerializer<T>
    {
        public T Deserialize(ReadOnlySequence<byte> source) => throw new InvalidOperationException(mark);

        public void Serialize(T value, IBufferWriter<byte> target) => Encoding.UTF8.GetBytes(mark, target);
    }

    private sealed class Factory(string mark, params Type[] types) : IHybridCacheSerializerFactory
    {
        public bool TryCreateSerializer<T>([NotNullWhen(true)] out IHybridCacheSerializer<T>? serializer)
        {
            serializer = types.Contains(typeof(T)) ? new Marked<T>(mark) : null;
            return serializer is not null;
        }
    }
}
