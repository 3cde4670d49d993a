using CacheOrleans.Grains.Entries;
using CacheOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class OwnedEntryTests : IAsyncLifetime
{
    private static readonly EntryRequest Request = new(EntryDemand.Leased, TimeSpan.Zero);
    private EntryCluster _cluster = null!;
    private OwnedEntry _entry = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await EntryCluster.StartAsync();
        var services = _cluster.Silos.GetSiloServiceProvider();
        var directory = services.GetRequiredService<EntryKeys>();
        Assert.True(directory.TryFind("plain/v1?id=1", out var identity, out _));
        _entry = new OwnedEntry(identity, new StillActivation(), services.GetRequiredService<EntryServices>());
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reply_FromMemory_AllocatesOnlyTheReply(bool isHolder)
    {
        _entry.Memory.Set([1], null);
        var request = isHolder
            ? Request with { Holder = new FakeHolder(), NearLease = TimeSpan.FromSeconds(10) }
            : Request;
        EntryReply? reply = null;

        var ofReplies = Measure(() => reply = new EntryReply(EntryStatus.Value));
        var ofAnswers = Measure(
            () => reply = _entry.Reply(
                request, new FoundEntry(_entry.Memory.Fresh!, EntrySource.Memory), _entry.Now));

        Assert.Equal(EntryStatus.Value, reply!.Status);
        Assert.Equal(ofReplies, ofAnswers);
    }

    [Fact]
    public void Reply_ValueReplacedMeanwhile_MustNotBeKept()
    {
        var holder = new FakeHolder();
        var request = Request with { Holder = holder, NearLease = TimeSpan.FromSeconds(10) };
        _entry.Memory.Set([1], null);
        var found = new FoundEntry(_entry.Memory.Fresh!, EntrySource.Fallback);
        _entry.Memory.Remove();

        var reply = _entry.Reply(request, found, _entry.Now);
        _entry.Recall();

        Assert.Equal((EntryStatus.Value, TimeSpan.Zero), (reply.Status, reply.TimeLeft));
        Assert.Empty(holder.Received);
    }

    [Fact]
    public void Reply_OthersHoldAnOlderCopy_NotifiesThemFirst()
    {
        var (first, second) = (new FakeHolder(), new FakeHolder());
        Lend(first, _entry.Memory.Set([1], null));
        var record = _entry.Memory.Set([2], null);

        Lend(second, record);

        Assert.Equal(("plain/v1?id=1", record.Stamp.Value), Assert.Single(first.Received));
        Assert.Empty(second.Received);
    }

    private void Lend(FakeHolder holder, StoreRecord record) => _entry.GrantCopy(
        Request with { Holder = holder, NearLease = TimeSpan.FromSeconds(10) },
        new FoundEntry(record, EntrySource.Memory),
        _entry.Now);

    private static long Measure(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class StillActivation : IEntryActivation
    {
        public string Key => "plain/v1?id=1";

        public bool IsLeaving => false;

        public void OnBegun()
        {
        }

        public void OnChanged()
        {
        }
    }
}
