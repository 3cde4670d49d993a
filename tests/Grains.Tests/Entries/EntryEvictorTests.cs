using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using CacheOrleans.Grains.Entries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Tests.Entries;

public sealed class EntryEvictorTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ConcurrentQueue<IGrainContext> _gone = new();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Add_BeyondTheCount_OldestUnusedLeaves()
    {
        var ledger = NewLedger(3);
        var slots = Enumerable.Range(0, 3).Select(_ => AddValue(ledger, 10)).ToList();
        slots[0].Touch();

        AddValue(ledger, 10);

        Assert.Equal([slots[1].Context], _gone);
        Assert.Equal((3, 3 * (EntryEvictor.Overhead + 10L)), (ledger.Count, ledger.Bytes));
    }

    [Fact]
    public void Add_BeyondTheCount_EntriesWithoutValueLeaveFirst()
    {
        var ledger = NewLedger(2);
        AddValue(ledger, 10);
        var empty = AddValue(ledger, null);

        AddValue(ledger, 10);

        Assert.Equal([empty.Context], _gone);
    }

    [Fact]
    public void Add_AllPinned_AllStayUntilOneMayLeave()
    {
        var ledger = NewLedger(1);
        var first = ledger.Add(Context());
        var second = ledger.Add(Context());
        Assert.Equal((2, 0), (ledger.Count, _gone.Count));

        first.IsPinned = false;
        ledger.Update(first, new byte[5]);

        Assert.Equal([first.Context], _gone);
        Assert.Equal((1, (long)EntryEvictor.Overhead), (ledger.Count, ledger.Bytes));
        Assert.NotNull(second.Node);
    }

    [Fact]
    public async Task EverythingAtOnce_CountAndBytesEndAtZero()
    {
        var ledger = NewLedger(50);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var round = 0; round < 2000; round++)
            {
                var slot = AddValue(ledger, random.Next(100));
                ledger.Update(slot, random.Next(2) == 0 ? null : new byte[random.Next(1000)]);
                slot.Touch();
                ledger.Update(slot, new byte[random.Next(1000)]);
                ledger.Remove(slot);
                ledger.Remove(slot);
                ledger.Update(slot, new byte[7]);
            }
        })));

        Assert.Equal((0, 0L), (ledger.Count, ledger.Bytes));
    }

    [Fact]
    public async Task EverythingAtOnce_EntriesThatMakeRoom_AreToldOnce()
    {
        var ledger = NewLedger(50);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < 500; round++)
            {
                AddValue(ledger, 10);
            }
        })));

        Assert.InRange(ledger.Count, 1, 50);
        Assert.Equal(8 * 500, ledger.Count + _gone.Count);
        Assert.Equal(_gone.Count, _gone.Distinct().Count());
        Assert.Equal(ledger.Count * (EntryEvictor.Overhead + 10L), ledger.Bytes);
    }

    private static EntrySlot AddValue(EntryEvictor ledger, int? bytes, IGrainContext context)
    {
        var slot = ledger.Add(context);
        slot.IsPinned = false;
        ledger.Update(slot, bytes is { } length ? new byte[length] : null);
        return slot;
    }

    private EntrySlot AddValue(EntryEvictor ledger, int? bytes) => AddValue(ledger, bytes, Context());

    private EntryEvictor NewLedger(int count) => new(
        Options.Create(new CacheEntryOptions { MaxCount = count, MaxBytes = 1L << 40 }),
        _services.GetRequiredService<IMeterFactory>());

    private IGrainContext Context()
    {
        var context = DispatchProxy.Create<IGrainContext, FakeContext>();
        ((FakeContext)(object)context).Gone = _gone;
        return context;
    }

    /// <summary>An activation that only notes that it was told to leave.</summary>
    public class FakeContext : DispatchProxy
    {
        internal ConcurrentQueue<IGrainContext> Gone { get; set; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case nameof(IGrainContext.Deactivate):
                    Gone.Enqueue((IGrainContext)(object)this);
                    return null;
                case nameof(Equals):
                    return ReferenceEquals(this, args![0]);
                case nameof(GetHashCode):
                    return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
                default:
                    throw new NotSupportedException(targetMethod.Name);
            }
        }
    }
}
