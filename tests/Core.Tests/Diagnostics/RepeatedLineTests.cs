using CacheOrleans.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Core.Tests.Diagnostics;

public sealed class RepeatedLineTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<(string Text, long Count)> _lines = [];

    [Fact]
    public void WhatHasEnded_IsToldWithItsLastCount()
    {
        using var line = new RepeatedLine(_time);
        for (var i = 0; i < 10; i++)
        {
            var text = $"{i}";
            line.Count(count => _lines.Add((text, count)));
        }

        Assert.Equal([("0", 1)], _lines);
        _time.Advance(Repetition.Shortest);
        Assert.Equal([("0", 1), ("9", 9)], _lines);
        _time.Advance(Repetition.Longest);
        Assert.Equal(2, _lines.Count);
    }

    [Fact]
    public void Dispose_TellsWhatIsLeft()
    {
        using (var line = new RepeatedLine(_time))
        {
            line.Count(count => _lines.Add(("first", count)));
            line.Count(count => _lines.Add(("second", count)));
        }

        Assert.Equal([("first", 1), ("second", 1)], _lines);
    }

    [Fact]
    public void ALogThatFails_DoesNotEndTheProcess()
    {
        using var line = new RepeatedLine(_time);
        line.Count(_ => { });
        line.Count(_ => throw new InvalidOperationException("the disk is full"));

        _time.Advance(Repetition.Shortest);
    }
}
