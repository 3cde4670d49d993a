using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Core.Tests.Storage;

public sealed class RecordRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly CacheLimits Limits = new() { MaxValueBytes = 3 };
    private static readonly StoreRecord Plain = new([1, 2, 3], new(7), Now, Now.AddMinutes(5));

    [Fact]
    public void Check_ValidRecord_FindsNothing()
    {
        var longest = Now + CacheDefinition.MaxTimeToLive;
        Assert.Null(Check(Plain));
        Assert.Null(Check(Plain with { ExpiresAt = longest, Tags = Tags(CacheTags.MaxCount, CacheTags.MaxLength) }));
        Assert.Null(Check(Plain with { Sliding = new(TimeSpan.FromMinutes(5), longest) }));
        Assert.Null(Check(Plain with { CreatedAt = Now.AddDays(1), Stamp = Stamp.Ceiling(Now) }));
    }

    [Fact]
    public void Check_ExpiredValue_FindsNothing() =>
        Assert.Null(Check(Plain with { CreatedAt = Now.AddYears(-9), ExpiresAt = Now.AddYears(-8) }));

    [Fact]
    public void Check_Tombstone_ChecksOnlyItsStamp()
    {
        var tombstone = Plain with { Value = null, ExpiresAt = DateTimeOffset.MaxValue };
        Assert.Null(Check(tombstone));
        Assert.NotNull(Check(tombstone with { Stamp = new(long.MaxValue) }));
    }

    [Fact]
    public void Check_ValueOverTheLimit_NamesTheSetting()
    {
        var problem = Check(Plain with { Value = [1, 2, 3, 4] });
        Assert.Contains("Limits:MaxValueBytes", problem, StringComparison.Ordinal);
        Assert.Contains("user", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_TagsBeyondTheLimits_NamesTheLimit()
    {
        Assert.Contains("64 tags; got 65", Check(Plain with { Tags = Tags(65, 8) }), StringComparison.Ordinal);
        Assert.Contains("256 characters; got 257", Check(Plain with { Tags = Tags(1, 257) }), StringComparison.Ordinal);
        Assert.NotNull(Check(Plain with { Tags = [CacheTags.Everything] }));
        Assert.NotNull(Check(Plain with { Tags = ["\u0007"] }));
    }

    [Fact]
    public void Check_LifeOutsideTheLimits_SaysSo()
    {
        var tooLong = Now + CacheDefinition.MaxTimeToLive + TimeSpan.FromMilliseconds(1);
        Assert.Contains("3650.00:00:00", Check(Plain with { ExpiresAt = tooLong }), StringComparison.Ordinal);
        Assert.NotNull(Check(Plain with { ExpiresAt = DateTimeOffset.MaxValue }));
        Assert.NotNull(Check(Plain with { Sliding = new(TimeSpan.FromMinutes(5), tooLong) }));
        Assert.NotNull(Check(Plain with { Sliding = new(TimeSpan.FromMinutes(5), Now.AddMinutes(4)) }));
    }

    [Fact]
    public void Check_TimesFarAhead_SaysSo()
    {
        var ahead = Now.AddDays(1) + TimeSpan.FromMilliseconds(1);
        Assert.NotNull(Check(Plain with { CreatedAt = ahead, ExpiresAt = ahead.AddMinutes(5) }));
        Assert.NotNull(Check(Plain with { Stamp = new(Stamp.Ceiling(Now).Value + 1) }));
    }

    private static string? Check(StoreRecord record) => RecordRules.Check("user", record, Limits, Now);

    private static string[] Tags(int count, int length) =>
        [.. Enumerable.Range(0, count).Select(i => $"{i}".PadLeft(length, 't'))];
}
