using CacheOrleans.Redis.Store;
using CacheOrleans.Storage;
using CsCheck;

namespace CacheOrleans.Redis.Tests.Store;

public sealed class EnvelopeTests
{
    private static readonly Gen<DateTimeOffset> Times = Gen.Long[-62135596800000, 253402300799999]
        .Select(DateTimeOffset.FromUnixTimeMilliseconds);

    private static readonly Gen<StoreRecord> Records = Gen.Select(
        Gen.Byte.Array.Null(), Gen.Long[0, long.MaxValue], Times, Times,
        (value, stamp, created, expires) => new StoreRecord(value, new Stamp(stamp), created, expires));

    [Fact]
    public void Decode_OfEncoded_GivesTheSameRecord() => Records.Sample(record =>
    {
        var read = Envelope.Decode(Envelope.Encode(record));
        Assert.NotNull(read);
        Assert.Equal(record with { Value = null }, read with { Value = null });
        Assert.Equal(record.Value, read.Value);
    });

    [Fact]
    public void Decode_OfAnyBytes_NeverThrows() => Gen.Byte.Array[0, 80].Sample(bytes =>
    {
        Assert.Null(Envelope.Decode(bytes));
    });

    [Fact]
    public void Decode_OfTruncatedOrLengthened_IsNull() =>
        Gen.Select(Records, Gen.Double.Unit, Gen.Byte).Sample((record, cut, extra) =>
        {
            var bytes = Envelope.Encode(record);
            Assert.Null(Envelope.Decode(bytes.AsSpan(0, (int)(cut * bytes.Length))));
            Assert.Null(Envelope.Decode([.. bytes, extra]));
        });

    [Fact]
    public void Decode_OfFlippedBytes_NeverThrows() =>
        Gen.Select(Records, Gen.Int[0, 10_000], Gen.Byte[1, 255]).Sample((record, at, mask) =>
        {
            var bytes = Envelope.Encode(record);
            bytes[at % bytes.Length] ^= mask;
            var read = Envelope.Decode(bytes);
            Assert.True(at % bytes.Length >= 4 || read is null, "A changed magic or version is still read.");
        });

    [Fact]
    public void Encode_KeepsToTheDocumentedLayout()
    {
        // The bytes of docs/redis-format.md: what is in Redis today must be readable for ever.
        var record = new StoreRecord(
            [1, 2, 3],
            new Stamp(0x0102030405060708),
            DateTimeOffset.FromUnixTimeMilliseconds(1_767_323_045_000),
            DateTimeOffset.FromUnixTimeMilliseconds(1_767_323_345_000));
        const string Written = "C0434F0101020304050607080000019B7CA98C880000019B7CAE20680000000003010203";
        Assert.Equal(Written, Convert.ToHexString(Envelope.Encode(record)));
        Assert.Equal(record.Stamp, Envelope.Decode(Convert.FromHexString(Written))!.Stamp);
    }
}
