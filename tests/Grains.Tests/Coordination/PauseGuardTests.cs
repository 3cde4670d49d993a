using CacheOrleans.Grains.Coordination;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Grains.Tests.Coordination;

/// <summary>A silo that was paused confirms that it is a member before it changes anything.</summary>
public sealed class PauseGuardTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeMembership _membership = new();

    [Fact]
    public void Confirm_WithoutAPause_IsDoneAtOnce()
    {
        using var guard = new PauseGuard(_membership, _time);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            Assert.True(guard.ConfirmAsync().IsCompletedSuccessfully);
        }

        Assert.Equal(0, _membership.Refreshes);
    }

    [Fact]
    public async Task Confirm_AfterAPause_WaitsForTheMembershipTable()
    {
        using var paused = new PauseGuard(_membership, new StoppedTimers(_time));
        _time.Advance(TimeSpan.FromSeconds(1));

        var first = paused.ConfirmAsync();
        var second = paused.ConfirmAsync();
        Assert.False(first.IsCompleted);
        Assert.False(second.IsCompleted);
        Assert.Equal(1, _membership.Refreshes);

        _membership.Answer.SetResult();
        await first;
        await second;
        Assert.True(paused.ConfirmAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Confirm_TheTableCannotBeRead_ContinuesAsWithoutAPause()
    {
        using var paused = new PauseGuard(_membership, new StoppedTimers(_time));
        _time.Advance(TimeSpan.FromSeconds(1));
        var confirmed = paused.ConfirmAsync();

        _membership.Answer.SetException(new TimeoutException());

        await confirmed;
    }

    private sealed class FakeMembership : IClusterMembershipService
    {
        public TaskCompletionSource Answer { get; } = new();

        public int Refreshes { get; private set; }

        public ClusterMembershipSnapshot CurrentSnapshot => throw new NotSupportedException();

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

        public ValueTask Refresh(MembershipVersion minimumVersion, CancellationToken cancellationToken)
        {
            Refreshes++;
            return new(Answer.Task);
        }

        public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
    }

    /// <summary>The clock of a paused process: time goes on, and timers do not.</summary>
    private sealed class StoppedTimers(TimeProvider time) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
