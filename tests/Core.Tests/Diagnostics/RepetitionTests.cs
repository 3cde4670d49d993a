using CacheOrleans.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Core.Tests.Diagnostics;

public sealed class RepetitionTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Repetition_EachSecond_IsReportedAtOnceAndThenAtGrowingIntervals()
    {
        var repetition = new Repetition(_time);
        List<(int Second, long Count)> reported = [];
        for (var second = 0; second < 4 * 3600; second++)
        {
            if (repetition.Count() is > 0 and var count)
            {
                reported.Add((second, count));
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            [(0, 1), (60, 60), (180, 120), (420, 240), (900, 480), (1860, 960), (3780, 1920), (7380, 3600),
                (10980, 3600)],
            reported);
    }

    [Fact]
    public void Repetition_HasEnded_IsReportedAfterTheInterval()
    {
        var repetition = new Repetition(_time);
        Assert.Equal([1, 0, 0], [repetition.Count(), repetition.Count(), repetition.Count()]);
        Assert.Equal(0, repetition.Due());
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, repetition.Due());
        Assert.Equal(0, repetition.Due());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, repetition.Due());
        Assert.Equal([1, 0], [repetition.Count(), repetition.Count()]);
    }

    [Fact]
    public void Repetition_AfterAQuietInterval_IsReportedAtOnce()
    {
        var repetition = new Repetition(_time);
        Assert.Equal(1, repetition.Count());
        Assert.Equal(0, repetition.Count());
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, repetition.Count());
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(3, repetition.Count());
        Assert.Equal(0, repetition.Count());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, repetition.Count());
    }
}
