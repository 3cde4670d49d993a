using CacheOrleans.Client.Connection;
using CacheOrleans.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Messaging;

namespace CacheOrleans.Client.Tests.Connection;

public sealed class GatewayListTests
{
    private static readonly Uri First = new("gwy.tcp://127.0.0.1:1/0");
    private static readonly Uri Second = new("gwy.tcp://127.0.0.1:2/0");
    private static readonly Uri Third = new("gwy.tcp://127.0.0.1:3/0");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(1));
    private readonly Membership _membership = new();
    private readonly GatewayList _list;

    public GatewayListTests() => _list = new(_membership, _time, NullLogger<GatewayList>.Instance);

    [Fact]
    public async Task TryLeaveOut_UnresponsiveGateway_IsNotUsedUntilItIsTakenBack()
    {
        Assert.Equal([First, Second, Third], await _list.GetGateways());
        Assert.True(_list.TryExclude([Second]));
        Assert.True(_list.IsExcluded(Second));
        Assert.Equal([First, Third], await _list.GetGateways());

        _list.Include(Second);
        Assert.Equal([First, Second, Third], await _list.GetGateways());
    }

    [Fact]
    public async Task TryLeaveOut_AllGatewaysInUse_UsesTheExcludedOnesAgain()
    {
        await _list.GetGateways();
        Assert.False(_list.TryExclude([First, Second, Third]));
        Assert.True(_list.TryExclude([First, Second]));

        Assert.True(_list.TryExclude([Third]));
        Assert.Equal([First, Second], await _list.GetGateways());
    }

    [Fact]
    public async Task GetGateways_MembershipFailsOrHangs_ReturnsTheLastKnownOnes()
    {
        await _list.GetGateways();
        _membership.Read = () => throw new TimeoutException();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([First, Second, Third], await _list.GetGateways());
        await Eventually.TrueAsync(() => _membership.Reads == 2, "the membership was read in the background");

        _membership.Read = () => new TaskCompletionSource<IList<Uri>>().Task;
        await Eventually.TrueAsync(
            async () =>
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                Assert.Equal([First, Second, Third], await _list.GetGateways());
                return _membership.Reads == 3;
            },
            "the membership is being read");
    }

    [Fact]
    public async Task GetGateways_ExcludedSiloHasLeft_ForgetsIt()
    {
        await _list.GetGateways();
        _list.TryExclude([Second]);
        _membership.Read = () => Task.FromResult<IList<Uri>>([First]);
        await Eventually.TrueAsync(
            async () =>
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                return (await _list.GetGateways()).Count == 1;
            },
            "the membership was read again");
        Assert.False(_list.IsExcluded(Second));
    }

    private sealed class Membership : IGatewayListProvider
    {
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        public Func<Task<IList<Uri>>> Read { get; set; } = () => Task.FromResult<IList<Uri>>([First, Second, Third]);

        public TimeSpan MaxStaleness => TimeSpan.FromMinutes(1);

        [Obsolete("Orleans marks this property as obsolete.")]
        public bool IsUpdatable => true;

        public Task InitializeGatewayListProvider() => Task.CompletedTask;

        public Task<IList<Uri>> GetGateways()
        {
            Interlocked.Increment(ref _reads);
            return Read();
        }
    }
}
