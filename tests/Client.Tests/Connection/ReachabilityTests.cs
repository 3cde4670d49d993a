using CacheOrleans.Client.Connection;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Client.Tests.Connection;

public sealed class ReachabilityTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Reachability _reachability;

    public ReachabilityTests() => _reachability = new Reachability(_time);

    [Fact]
    public void OnNoAnswer_ThreeInARow_ClusterIsAway()
    {
        Assert.False(OnNoAnswer());
        Assert.False(OnNoAnswer());
        Assert.False(_reachability.IsAway);

        Assert.True(OnNoAnswer());
        Assert.True(_reachability.IsAway);
        Assert.False(_reachability.TryEnter());
    }

    [Fact]
    public void OnNoAnswer_AfterAnAnswer_CountsFromTheBeginning()
    {
        OnNoAnswer();
        OnNoAnswer();
        Assert.False(_reachability.OnAnswer());
        OnNoAnswer();
        OnNoAnswer();

        Assert.False(_reachability.IsAway);
    }

    [Fact]
    public void OnNoAnswer_AnswerReceivedSinceTheCallWasSent_DoesNotCount()
    {
        var sent = _reachability.Answers;
        _reachability.OnAnswer();
        for (var i = 0; i < 10; i++)
        {
            Assert.False(_reachability.OnNoAnswer(sent));
        }

        Assert.False(_reachability.IsAway);
    }

    [Fact]
    public void TryEnter_AfterThePause_AllowsOneCall()
    {
        BecomeAway();
        _time.Advance(Reachability.Pause - TimeSpan.FromTicks(1));
        Assert.False(_reachability.TryEnter());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_reachability.TryEnter());
        Assert.False(_reachability.TryEnter());

        Assert.False(OnNoAnswer());
        Assert.False(_reachability.TryEnter());
        _time.Advance(Reachability.Pause);
        Assert.True(_reachability.TryEnter());
    }

    [Fact]
    public void OnAnswer_WhileAway_ClusterIsBack()
    {
        BecomeAway();
        Assert.True(_reachability.OnAnswer());
        Assert.False(_reachability.IsAway);
        Assert.False(_reachability.OnAnswer());
    }

    private bool OnNoAnswer() => _reachability.OnNoAnswer(_reachability.Answers);

    private void BecomeAway()
    {
        for (var i = 0; i < Reachability.Threshold; i++)
        {
            OnNoAnswer();
        }
    }
}
