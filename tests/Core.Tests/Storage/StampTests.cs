using CacheOrleans.Storage;
using CsCheck;

namespace CacheOrleans.Core.Tests.Storage;

public sealed class StampTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public void Next_TimeIsLaterThanTheLastStamp_IsTheTime() =>
        Assert.Equal(new Stamp(1_800_000_000_000_003), Stamp.Next(Now.AddTicks(39), Stamp.None));

    [Fact]
    public void Next_AfterAStampOfTheSameOrALaterTime_IsOneAbove()
    {
        Assert.Equal(new Stamp(1_800_000_000_000_001), Stamp.Next(Now, new(1_800_000_000_000_000)));
        Assert.Equal(new Stamp(1_900_000_000_000_001), Stamp.Next(Now, new(1_900_000_000_000_000)));
    }

    [Fact]
    public void ToString_StampWithoutATime_IsItsValue() =>
        Assert.Equal("9223372036854775807", new Stamp(long.MaxValue).ToString());

    [Fact]
    public void Next_AnyClock_Grows() => Gen.Long[-62_135_596_800_000, 253_402_300_799_999].Array[1, 50]
        .Sample(times =>
        {
            var last = Stamp.None;
            foreach (var time in times)
            {
                var next = Stamp.Next(DateTimeOffset.FromUnixTimeMilliseconds(time), last);
                Assert.True(next > last && last < next && next >= last && last <= next);
                Assert.Equal(next, Stamp.Max(last, next));
                Assert.Equal(next, Stamp.Max(next, last));
                last = next;
            }
        });
}
