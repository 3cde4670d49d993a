using CacheOrleans.Client.Connection;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Client.Tests.Connection;

public sealed class ReachabilityTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Reachability _reachability;

    public ReachabilityTests() => _reachability = new Reachability(_time);

    [Fact]
    public void TryEnter_AfterThreeSilencesInARow_LeavesCallsOut()
    {
        Assert.False(_reachability.OnSilence());
        Assert.False(_reachability.OnSilence());
        Assert.True(_reachability.TryEnter());

        Assert.True(_reachability.OnSilence());
        Assert.False(_reachability.TryEnter());
    }

    [Fact]
    public void TryEnter_AfterAnAnswerInBetween_LetsCallsThrough()
    {
        _reachability.OnSilence();
        _reachability.OnSilence();
        Assert.False(_reachability.OnAnswer());
        _reachability.OnSilence();
        _reachability.OnSilence();

        Assert.True(_reachability.TryEnter());
    }

    [Fact]
    public void TryEnter_AfterThePause_LetsOneTry()
    {
        Silence();
        _time.Advance(Reachability.Pause - TimeSpan.FromTicks(1));
        Assert.False(_reachability.TryEnter());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_reachability.TryEnter());
        Assert.False(_reachability.TryEnter());

        Assert.False(_reachability.OnSilence());
        Assert.False(_reachability.TryEnter());
        _time.Advance(Reachability.Pause);
        Assert.True(_reachability.TryEnter());
    }

    [Fact]
    public void OnAnswer_AfterSilences_LetsAllThroughAgain()
    {
        Silence();
        Assert.True(_reachability.OnAnswer());
        Assert.True(_reachability.TryEnter());
        Assert.True(_reachability.TryEnter());
        Assert.False(_reachability.OnAnswer());
    }

    private void Silence()
    {
        for (var i = 0; i < Reachability.Threshold; i++)
        {
            _reachability.OnSilence();
        }
    }
}
