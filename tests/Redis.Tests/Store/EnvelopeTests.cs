using CacheOrleans.Definitions;
using CacheOrleans.Redis.Store;
using CacheOrleans.Storage;
using CsCheck;

namespace CacheOrleans.Redis.Tests.Store;

public sealed class EnvelopeTests
{
    private static readonly Gen<DateTimeOffset> Times = Gen.Long[-62135596800000, 253402300799999]
        .Select(DateTimeOffset.FromUnixTimeMilliseconds);

    private static readonly Gen<string[]?> Tags = Gen.String[Gen.Char["ab*:é한"], 1, 300].Array[1, 64].Null();

    private static readonly Gen<SlidingLife?> Slides = Gen.Select(Gen.Int[1, int.MaxValue], Times, (slide, end) =>
        new SlidingLife(TimeSpan.FromMilliseconds(slide), end)).Null();

    private static readonly Gen<long> Definitions = Gen.OneOf(Gen.Const(0L), Gen.Long);

    private static readonly Gen<StoreRecord> Records = Gen.Select(
        Gen.Byte.Array.Null(), Gen.Long[0, long.MaxValue], Times, Times, Tags, Slides, Definitions,
        (value, stamp, created, expires, tags, slide, definition) => value is null
            ? new StoreRecord(null, new Stamp(stamp), created, expires)
            : new StoreRecord(value, new Stamp(stamp), created, expires, tags, slide, definition));

    [Fact]
    public void Decode_EncodedRecord_ReturnsTheSameRecord() => Records.Sample(record =>
    {
        var bytes = Envelope.Encode(record);
        var read = Envelope.Decode(bytes);
        Assert.NotNull(read);
        Assert.Equal(record with { Value = null, Tags = null }, read with { Value = null, Tags = null });
        Assert.Equal(record.Value, read.Value);
        Assert.Equal(record.Tags, read.Tags);
        Assert.Equal(
            record.Definition != 0 ? 3 : record.Tags is null && record.Sliding is null ? 1 : 2, bytes[3]);
    });

    [Fact]
    public void Decode_AnyBytes_NeverThrows() => Gen.Byte.Array[0, 80].Sample(bytes =>
    {
        Assert.Null(Envelope.Decode(bytes));
    });

    [Fact]
    public void Decode_TruncatedOrLengthenedBytes_IsNull() =>
        Gen.Select(Records, Gen.Double.Unit, Gen.Byte).Sample((record, cut, extra) =>
        {
            var bytes = Envelope.Encode(record);
            Assert.Null(Envelope.Decode(bytes.AsSpan(0, (int)(cut * bytes.Length))));
            Assert.Null(Envelope.Decode([.. bytes, extra]));
        });

    [Fact]
    public void Decode_FlippedBits_NeverThrows() =>
        Gen.Select(Records, Gen.Int[0, 10_000], Gen.Byte[1, 255]).Sample((record, at, mask) =>
        {
            var bytes = Envelope.Encode(record);
            bytes[at % bytes.Length] ^= mask;
            var read = Envelope.Decode(bytes);
            Assert.True(at % bytes.Length >= 4 || read is null, "A changed magic number or version is still read.");
        });

    // The bytes of docs/redis-format.md: what is in Redis today must always remain readable.
    [Fact]
    public void Encode_PlainRecord_KeepsToTheDocumentedLayout()
    {
        var record = new StoreRecord(
            [1, 2, 3],
            new Stamp(0x0102030405060708),
            DateTimeOffset.FromUnixTimeMilliseconds(1_767_323_045_000),
            DateTimeOffset.FromUnixTimeMilliseconds(1_767_323_345_000));
        const string Written = "C0434F0101020304050607080000019B7CA98C880000019B7CAE20680000000003010203";
        Assert.Equal(Written, Convert.ToHexString(Envelope.Encode(record)));
        Assert.Equal(record.Stamp, Envelope.Decode(Convert.FromHexString(Written))!.Stamp);
    }

    [Fact]
    public void Encode_WithTagsAndSliding_KeepsToTheDocumentedLayout()
    {
        var record = new StoreRecord(
            [1, 2, 3],
            new Stamp(0x0102030405060708),
            DateTimeOffset.FromUnixTimeMilliseconds(1_767_323_045_000),
            DateTimeOffset.FromUnixTimeMilliseconds(1_767_323_345_000),
            ["eu", "한"],
            new(TimeSpan.FromMinutes(5), DateTimeOffset.FromUnixTimeMilliseconds(1_767_326_645_000)));
        const string Written = "C0434F0201020304050607080000019B7CA98C880000019B7CAE20680600000003"
            + "00000000000493E00000019B7CE07B08" + "02" + "00026575" + "0003ED959C" + "010203";
        Assert.Equal(Written, Convert.ToHexString(Envelope.Encode(record)));
        var read = Envelope.Decode(Convert.FromHexString(Written))!;
        Assert.Equal((record.Sliding, record.ExpiresAt), (read.Sliding, read.ExpiresAt));
        Assert.Equal(record.Tags, read.Tags);
    }

    [Fact]
    public void Encode_WithADefinition_KeepsToTheDocumentedLayout()
    {
        var record = new StoreRecord(
            [1, 2, 3],
            new Stamp(0x0102030405060708),
            DateTimeOffset.FromUnixTimeMilliseconds(1_767_323_045_000),
            DateTimeOffset.FromUnixTimeMilliseconds(1_767_323_345_000),
            Definition: new CacheDefinition("country", "country:{code}", TimeSpan.FromMinutes(5)).Fingerprint);
        const string Written = "C0434F0301020304050607080000019B7CA98C880000019B7CAE20680800000003"
            + "49DA575D195CB2BC" + "010203";
        Assert.Equal(Written, Convert.ToHexString(Envelope.Encode(record)));
        Assert.Equal(record.Definition, Envelope.Decode(Convert.FromHexString(Written))!.Definition);
    }

    [Theory]
    [InlineData("02", "00")] // a record with neither has format 1
    [InlineData("02", "01")] // a tombstone has neither
    [InlineData("02", "03")]
    [InlineData("02", "08")]
    [InlineData("01", "02")]
    [InlineData("01", "04")]
    [InlineData("03", "00")]
    [InlineData("03", "02")] // no definition
    [InlineData("03", "09")] // a tombstone has no definition
    [InlineData("03", "18")]
    [InlineData("04", "08")]
    public void Decode_FlagsDoNotMatchTheFormat_IsNull(string format, string flags)
    {
        var bytes = Convert.FromHexString(
            $"C0434F{format}01020304050607080000019B7CA98C880000019B7CAE2068{flags}00000003010203");
        Assert.Null(Envelope.Decode(bytes));
    }

    [Theory]
    [InlineData("0000000000000000010203")] // zero is no definition
    [InlineData("01020304050607")]
    [InlineData("0102030405060708")] // the payload is missing
    public void Decode_DamagedFormat3_IsNull(string rest)
    {
        var bytes = Convert.FromHexString(
            $"C0434F0301020304050607080000019B7CA98C880000019B7CAE20680800000003{rest}");
        Assert.Null(Envelope.Decode(bytes));
    }

    [Theory]
    [InlineData("02", "00")] // no tags
    [InlineData("02", "0100026575")] // the payload is missing
    [InlineData("02", "010000010203")] // an empty tag
    [InlineData("02", "010002C328010203")] // not UTF-8
    [InlineData("02", "01FFFF6575010203")]
    [InlineData("04", "000000000000000000000000000493E0010203")] // no time between reads
    [InlineData("04", "7FFFFFFFFFFFFFFF00000000000493E0010203")]
    [InlineData("04", "00000000000493E07FFFFFFFFFFFFFFF010203")]
    [InlineData("04", "00000000000493E0")]
    public void Decode_DamagedFormat2_IsNull(string flags, string rest)
    {
        var bytes = Convert.FromHexString(
            $"C0434F0201020304050607080000019B7CA98C880000019B7CAE2068{flags}00000003{rest}");
        Assert.Null(Envelope.Decode(bytes));
    }
}
