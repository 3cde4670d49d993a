using CacheOrleans.Redis.Store;

namespace CacheOrleans.Redis.Tests.Store;

public sealed class ProcessPausesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    [Theory]
    [InlineData(0, false)]
    [InlineData(40, false)]
    [InlineData(120, false)]
    [InlineData(130, true)]
    [InlineData(1750, true)]
    public void HasSpoiled_LimitIsNoticedLate_DependsOnTheDelay(int late, bool isSpoiled)
    {
        var pauses = new ProcessPauses(TimeSpan.Zero);
        var end = 1000 + 250 + late;
        Tick(pauses, 0, end);

        Assert.Equal(isSpoiled, pauses.Invalidates(At(1000), At(end), Limit));
    }

    [Theory]
    [InlineData(1100, 1180, false)]
    [InlineData(1020, 1240, true)]
    [InlineData(0, 1200, true)]
    [InlineData(0, 1100, false)]
    [InlineData(0, 990, false)]
    public void HasSpoiled_TimerWasLateMeanwhile_CountsOnlyTheDelayDuringTheCall(int from, int to, bool isSpoiled)
    {
        var pauses = new ProcessPauses(TimeSpan.Zero);
        Tick(pauses, 0, from);
        Tick(pauses, to, 1250);

        Assert.Equal(isSpoiled, pauses.Invalidates(At(1000), At(1250), Limit));
    }

    [Fact]
    public void HasSpoiled_TimerHasNotFiredYet_IsTrue()
    {
        var pauses = new ProcessPauses(TimeSpan.Zero);
        Tick(pauses, 0, 1050);

        Assert.True(pauses.Invalidates(At(1000), At(1250), Limit));
    }

    [Fact]
    public void HasSpoiled_ShortPausesOneAfterAnother_AreAddedUp()
    {
        var pauses = new ProcessPauses(TimeSpan.Zero);
        for (var now = 0; now <= 1250; now += 125)
        {
            pauses.OnTick(At(now));
        }

        Assert.True(pauses.Invalidates(At(1000), At(1250), Limit));
    }

    [Fact]
    public void HasSpoiled_LimitOfAMillisecond_ToleratesAShortDelay()
    {
        var pauses = new ProcessPauses(TimeSpan.Zero);
        Tick(pauses, 0, 1000);

        Assert.False(pauses.Invalidates(At(1000), At(1040), TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void OnTick_PausesForHours_ForgetsTheFirst()
    {
        var pauses = new ProcessPauses(TimeSpan.Zero);
        for (var now = 0; now < 100; now++)
        {
            pauses.OnTick(TimeSpan.FromMinutes(now));
        }

        Assert.False(pauses.Invalidates(At(1000), At(1250), Limit));
        var last = TimeSpan.FromMinutes(99);
        Assert.True(pauses.Invalidates(last - Limit, last, Limit));
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>Fires the timer on time.</summary>
    private static void Tick(ProcessPauses pauses, int from, int to)
    {
        for (var now = from; now <= to; now += (int)ProcessPauses.Period.TotalMilliseconds)
        {
            pauses.OnTick(At(now));
        }
    }
}
