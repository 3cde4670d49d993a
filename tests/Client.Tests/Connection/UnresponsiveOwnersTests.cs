using CacheOrleans.Client.Connection;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Client.Tests.Connection;

public sealed class UnresponsiveOwnersTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly UnresponsiveOwners _owners;

    public UnresponsiveOwnersTests() => _owners = new UnresponsiveOwners(_time);

    [Fact]
    public void TryEnter_AfterNoAnswer_PausesOnlyThatKey()
    {
        _owners.OnNoAnswer("sick");
        Assert.False(_owners.TryEnter("sick"));
        Assert.True(_owners.TryEnter("well"));

        _time.Advance(UnresponsiveOwners.Pause);
        Assert.True(_owners.TryEnter("sick"));
        Assert.False(_owners.TryEnter("sick"));
    }

    [Fact]
    public void OnAnswer_PausedKey_ForgetsOnlyThatKey()
    {
        _owners.OnNoAnswer("sick");
        _owners.OnNoAnswer("sicker");
        _owners.OnAnswer("sick");
        Assert.True(_owners.TryEnter("sick"));
        Assert.False(_owners.TryEnter("sicker"));
    }

    [Fact]
    public void OnNoAnswer_MoreKeysThanTheMaximum_KeepsThePausedOnes()
    {
        for (var i = 0; i < UnresponsiveOwners.Max; i++)
        {
            _owners.OnNoAnswer($"{i}");
        }

        _owners.OnNoAnswer("one more");
        Assert.False(_owners.TryEnter("0"));
        Assert.True(_owners.TryEnter("one more"));

        _time.Advance(UnresponsiveOwners.Pause);
        _owners.OnNoAnswer("one more");
        Assert.False(_owners.TryEnter("one more"));
        Assert.True(_owners.TryEnter("0"));
        Assert.True(_owners.TryEnter("0")); // it is forgotten, so calls are not limited
    }
}
