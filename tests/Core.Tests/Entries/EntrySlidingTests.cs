using CacheOrleans.Definitions;
using CacheOrleans.Entries;
using CacheOrleans.Storage;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Core.Tests.Entries;

public sealed class EntrySlidingTests
{
    private static readonly TimeSpan Slide = TimeSpan.FromMinutes(4);
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);
    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public void Set_NotRead_ExpiresAfterOneSlide()
    {
        var memory = NewMemory();

        var record = memory.Set([1], life: null, slide: Slide);

        Assert.Equal(Start + Slide, record.ExpiresAt);
        Assert.Equal(new SlidingLife(Slide, Start.AddHours(1)), record.Sliding);
        _time.Advance(Slide - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(memory.Fresh);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(memory.Fresh);
        Assert.Null(memory.Touch());
        Assert.Null(memory.Fresh);
    }

    [Fact]
    public void Touch_ExtendsUntilTheAbsoluteEnd()
    {
        var memory = NewMemory();
        memory.Set([1], life: TimeSpan.FromMinutes(10), slide: Slide);

        for (var minute = 3; minute <= 9; minute += 3)
        {
            _time.Advance(TimeSpan.FromMinutes(3));
            memory.Touch();
        }

        Assert.Equal(Start.AddMinutes(10), memory.Fresh!.ExpiresAt);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(memory.Fresh);
    }

    [Fact]
    public void Touch_WithinAQuarterOfTheSlide_WritesNothing()
    {
        var memory = NewMemory();
        var first = memory.Set([1], life: null, slide: Slide);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(memory.Touch());
        Assert.Equal(_time.GetUtcNow() + Slide, memory.Fresh!.ExpiresAt);
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = memory.Touch()!;

        Assert.Equal(
            first with { Stamp = new(first.Stamp.Value + 1), ExpiresAt = _time.GetUtcNow() + Slide }, second);
        Assert.Equal(second.Stamp, memory.LastStamp);
        Assert.Null(memory.Touch());
    }

    [Fact]
    public void Touch_WithoutSliding_DoesNothing()
    {
        var memory = NewMemory();
        memory.Set([1], life: TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromSeconds(50));

        Assert.Null(memory.Touch());
        Assert.Equal(Start.AddMinutes(1), memory.Fresh!.ExpiresAt);
    }

    [Fact]
    public void Touch_AnotherOwnerRemovedMeanwhile_HasTheLowerStamp()
    {
        var (former, present) = (NewMemory(), NewMemory());
        former.Set([1], life: null, slide: Slide);
        _time.Advance(TimeSpan.FromMinutes(2));
        var removed = present.Remove();

        Assert.True(former.Touch()!.Stamp < removed.Stamp);
    }

    [Fact]
    public void Accept_SlidingRecord_ContinuesItsLife()
    {
        var record = NewMemory().Set([1], life: TimeSpan.FromMinutes(10), slide: Slide);
        _time.Advance(TimeSpan.FromMinutes(3));
        var memory = NewMemory();

        Assert.True(memory.TryAccept(memory.BeginLoad(), record));
        var extended = memory.Touch()!;

        Assert.Equal((Start.AddMinutes(7), record.Sliding), (extended.ExpiresAt, extended.Sliding));
        Assert.Equal(record.CreatedAt, extended.CreatedAt);
    }

    [Fact]
    public void Set_SlideWithAFractionOfAMillisecond_RoundsItUp() => Assert.Equal(
        TimeSpan.FromMilliseconds(2),
        NewMemory().Set([1], life: null, slide: TimeSpan.FromMilliseconds(1.5)).Sliding!.Slide);

    /// <summary>Reads at random times from an owner that is occasionally replaced by another.</summary>
    [Fact]
    public void Touch_AtAnyTimes_KeepsTheValueAndWritesOnceAQuarterSlide() =>
        Gen.Select(Gen.Int[1, 3000], Gen.Int[1, 20_000], Gen.Select(Gen.Int[0, 1500], Gen.Int[0, 9]).Array[1, 60])
            .Sample((slide, life, steps) =>
            {
                var time = new FakeTimeProvider(Start);
                var definition = new CacheDefinition("session", "session:{id}", TimeSpan.FromMilliseconds(life));
                var memory = new EntryMemory(definition, time, new());
                var stored = memory.Set([1], life: null, slide: TimeSpan.FromMilliseconds(slide));
                var (end, readUntil) = (stored.Sliding!.EndsAt, stored.ExpiresAt);
                var slack = TimeSpan.Zero;
                foreach (var (pass, move) in steps)
                {
                    time.Advance(TimeSpan.FromMilliseconds(pass));
                    var now = time.GetUtcNow();
                    if (move == 0)
                    {
                        memory = new EntryMemory(definition, time, new());
                        memory.TryAccept(memory.BeginLoad(), stored);
                        slack = TimeSpan.FromMilliseconds(slide / 4.0);
                    }

                    var isFresh = memory.Fresh is not null;
                    Assert.False(isFresh && now >= readUntil, "The value outlived its slide.");
                    Assert.True(isFresh || now >= readUntil - slack, "The value was read in time, but it is gone.");
                    if (!isFresh)
                    {
                        return;
                    }

                    var before = stored.ExpiresAt;
                    stored = memory.Touch() ?? stored;
                    Assert.True(
                        stored.ExpiresAt == before || (stored.ExpiresAt - before).TotalMilliseconds >= slide / 4.0,
                        "The value was written again too early.");
                    readUntil = now.AddMilliseconds(slide) < end ? now.AddMilliseconds(slide) : end;
                    Assert.Equal(readUntil, memory.Fresh!.ExpiresAt);
                    slack = TimeSpan.Zero;
                }
            }, iter: 5000);

    private EntryMemory NewMemory() =>
        new(new CacheDefinition("session", "session:{id}", TimeSpan.FromHours(1)), _time, new());
}
