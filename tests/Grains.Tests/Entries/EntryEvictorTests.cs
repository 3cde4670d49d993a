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
    public void Add_BeyondTheCount_EvictsTheLeastRecentlyUsed()
    {
        var evictor = NewEvictor(3);
        var slots = Enumerable.Range(0, 3).Select(_ => AddValue(evictor, 10)).ToList();
        slots[0].Touch();

        AddValue(evictor, 10);

        Assert.Equal([slots[1].Context], _gone);
        Assert.Equal((3, 3 * (EntryEvictor.Overhead + 10L)), (evictor.Count, evictor.Bytes));
    }

    [Fact]
    public void Add_BeyondTheCount_EvictsEntriesWithoutAValueFirst()
    {
        var evictor = NewEvictor(2);
        AddValue(evictor, 10);
        var empty = AddValue(evictor, null);

        AddValue(evictor, 10);

        Assert.Equal([empty.Context], _gone);
    }

    [Fact]
    public void Add_AllPinned_EvictsOnceOneIsUnpinned()
    {
        var evictor = NewEvictor(1);
        var first = evictor.Add(Context());
        var second = evictor.Add(Context());
        Assert.Equal((2, 0), (evictor.Count, _gone.Count));

        first.IsPinned = false;
        evictor.Update(first, new byte[5]);

        Assert.Equal([first.Context], _gone);
        Assert.Equal((1, (long)EntryEvictor.Overhead), (evictor.Count, evictor.Bytes));
        Assert.NotNull(second.Node);
    }

    [Fact]
    public async Task ConcurrentCalls_EveryEntryRemoved_CountAndBytesAreZero()
    {
        var evictor = NewEvictor(50);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var round = 0; round < 2000; round++)
            {
                var slot = AddValue(evictor, random.Next(100));
                evictor.Update(slot, random.Next(2) == 0 ? null : new byte[random.Next(1000)]);
                slot.Touch();
                evictor.Update(slot, new byte[random.Next(1000)]);
                evictor.Remove(slot);
                evictor.Remove(slot);
                evictor.Update(slot, new byte[7]);
            }
        })));

        Assert.Equal((0, 0L), (evictor.Count, evictor.Bytes));
    }

    [Fact]
    public async Task ConcurrentCalls_EvictedEntries_AreNotifiedOnce()
    {
        var evictor = NewEvictor(50);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < 500; round++)
            {
                AddValue(evictor, 10);
            }
        })));

        Assert.InRange(evictor.Count, 1, 50);
        Assert.Equal(8 * 500, evictor.Count + _gone.Count);
        Assert.Equal(_gone.Count, _gone.Distinct().Count());
        Assert.Equal(evictor.Count * (EntryEvictor.Overhead + 10L), evictor.Bytes);
    }

    private static EntrySlot AddValue(EntryEvictor evictor, int? bytes, IGrainContext context)
    {
        var slot = evictor.Add(context);
        slot.IsPinned = false;
        evictor.Update(slot, bytes is { } length ? new byte[length] : null);
        return slot;
    }

    private EntrySlot AddValue(EntryEvictor evictor, int? bytes) => AddValue(evictor, bytes, Context());

    private EntryEvictor NewEvictor(int count) => new(
        Options.Create(new CacheEntryOptions { MaxCount = count, MaxBytes = 1L << 40 }),
        _services.GetRequiredService<IMeterFactory>());

    private IGrainContext Context()
    {
        var context = DispatchProxy.Create<IGrainContext, FakeContext>();
        ((FakeContext)(object)context).Gone = _gone;
        return context;
    }

    /// <summary>An activation that only records that it was asked to deactivate.</summary>
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
