using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CacheOrleans.Client.Serialization;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Tests.Serialization;

public sealed class CacheSerializerTests
{
    private static readonly CacheSerializers Serializers = new(new ServiceCollection().BuildServiceProvider());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("서울 🚆")]
    public void Serialize_Text_RoundTrips(string? text)
    {
        var serializer = Serializers.Of<string?>();

        Assert.Equal(text, serializer.Deserialize(serializer.Serialize(text)));
    }

    [Fact]
    public void Serialize_Text_IsUtf8()
    {
        Assert.Equal("서울"u8.ToArray(), Serializers.Of<string>().Serialize("서울"));
    }

    [Fact]
    public void Serialize_HalfASurrogatePair_Fails()
    {
        var relaxed = new ServiceCollection().AddKeyedSingleton<JsonSerializerOptions>(
            typeof(IHybridCacheSerializer<>),
            new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (var text in new[] { "\uD83D", "a\uDE86b", "\uFFFD \uDE86\uD83D" })
        {
            FailsWith(Serializers, text);
            FailsWith(new(relaxed.BuildServiceProvider()), text);
        }

        static void FailsWith(CacheSerializers serializers, string text)
        {
            Fails(serializers.Of<string>(), text);
            Fails(serializers.Of<City>(), new City(text, 1));
            Fails(serializers.Of<string[]>(), ["fine", text]);
            Fails(serializers.Of<object>(), text);
            Fails(serializers.Of<Dictionary<string, int>>(), new() { [text] = 1 });
            Fails(serializers.Of<char[]>(), [.. text]);
            Fails(serializers.Of<JsonNode>(), new JsonArray(text));
        }

        static void Fails<T>(CacheSerializer<T> serializer, T value) =>
            Assert.Throws<EncoderFallbackException>(() => serializer.Serialize(value));
    }

    [Fact]
    public void Serialize_ReplacementCharacter_RoundTrips()
    {
        const string text = "\uFFFD 🚆 \\uFFFD";

        Assert.Equal(text, Serializers.Of<string>().Deserialize(Serializers.Of<string>().Serialize(text)));
        var cities = Serializers.Of<City>();
        Assert.Equal(text, cities.Deserialize(cities.Serialize(new City(text, 1))).Name);
    }

    [Fact]
    public void Deserialize_InvalidUtf8_Fails()
    {
        Assert.Throws<DecoderFallbackException>(() => Serializers.Of<string>().Deserialize([0x80, 0x81]));
    }

    [Fact]
    public void Serialize_Bytes_SharesNoArray()
    {
        var serializer = Serializers.Of<byte[]>();
        byte[] value = [1, 2];

        var kept = serializer.Serialize(value);
        value[0] = 9;
        var read = serializer.Deserialize(kept);
        read[1] = 9;

        Assert.Equal([1, 2], kept);
        Assert.Equal([1, 2], serializer.Deserialize(kept));
    }

    [Fact]
    public void Serialize_NullBytes_AreEmpty()
    {
        Assert.Empty(Serializers.Of<byte[]>().Serialize(null!));
    }

    [Fact]
    public void Serialize_NullAndDefaultOfOtherTypes_RoundTrip()
    {
        AssertReturns<City?>(null);
        AssertReturns<int?>(null);
        AssertReturns(default(int));
        AssertReturns(default(Guid));
        AssertReturns(default(DateTimeOffset));
        AssertReturns(default((int, string?)));
    }

    [Fact]
    public void Deserialize_BytesOfAnotherType_Fails()
    {
        var bytes = Serializers.Of<City>().Serialize(new("Seoul", 9));

        Assert.Throws<JsonException>(() => Serializers.Of<int>().Deserialize(bytes));
        Assert.Throws<JsonException>(() => Serializers.Of<int>().Deserialize(Serializers.Of<City?>().Serialize(null)));
        Assert.Throws<JsonException>(() => Serializers.Of<int>().Deserialize("1 2"u8.ToArray()));
    }

    [Fact]
    public void Serialize_PluggedSerializer_ReturnsItsBytes()
    {
        var serializer = new PluggedSerializer<int>(new Digit());

        var bytes = serializer.Serialize(7);

        Assert.Equal("7"u8.ToArray(), bytes);
        Assert.Equal(7, serializer.Deserialize(bytes));
    }

    [Fact]
    public void SharesInstances_ImmutableTypes_IsTrue()
    {
        Assert.True(Serializers.Of<string>().SharesInstances);
        Assert.True(Serializers.Of<int>().SharesInstances);
        Assert.True(Serializers.Of<DateTimeOffset?>().SharesInstances);
        Assert.True(Serializers.Of<(int, long)>().SharesInstances);
        Assert.True(Serializers.Of<Frozen>().SharesInstances);
        Assert.True(Serializers.Of<FrozenStruct>().SharesInstances);
        Assert.True(Serializers.Of<FrozenStruct?>().SharesInstances);
    }

    [Fact]
    public void SharesInstances_MutableTypes_IsFalse()
    {
        Assert.False(Serializers.Of<byte[]>().SharesInstances);
        Assert.False(Serializers.Of<City>().SharesInstances);
        Assert.False(Serializers.Of<(int, string)>().SharesInstances);
        Assert.False(Serializers.Of<FrozenUnlessDerived>().SharesInstances);
        Assert.False(Serializers.Of<Thawed>().SharesInstances);
        Assert.False(Serializers.Of<object>().SharesInstances);
        Assert.False(Serializers.Of<IReadOnlyList<int>>().SharesInstances);
    }

    private static void AssertReturns<T>(T value)
    {
        var serializer = Serializers.Of<T>();
        Assert.Equal(value, serializer.Deserialize(serializer.Serialize(value)));
    }

    [ImmutableObject(true)]
    private sealed record Frozen(string Name);

    [ImmutableObject(true)]
    private record struct FrozenStruct(string Name);

    [ImmutableObject(true)]
    private record FrozenUnlessDerived(string Name);

    private sealed record Derived(string Name) : FrozenUnlessDerived(Name);

    [ImmutableObject(false)]
    private sealed record Thawed(string Name);

    private sealed class Digit : IHybridCacheSerializer<int>
    {
        public int Deserialize(ReadOnlySequence<byte> source) => source.FirstSpan[0] - (byte)'0';

        public void Serialize(int value, IBufferWriter<byte> target) => Encoding.UTF8.GetBytes($"{value}", target);
    }
}
