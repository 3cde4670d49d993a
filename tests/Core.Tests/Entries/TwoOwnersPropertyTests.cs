using CacheOrleans.Definitions;
using CacheOrleans.Entries;
using CacheOrleans.Loading;
using CacheOrleans.Storage;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Core.Tests.Entries;

/// <summary>Two owners of one key share a store, as after a move: writes are lost, late and out of order, loads of the
/// former owner end late, and the clocks differ.</summary>
/// <remarks>
/// Each value is the number of the acknowledged change after which it was made. The guarantee is limited by the clock
/// skew: it holds for changes that come more than <see cref="Skew"/> milliseconds after whatever began before them.
/// Stamps that run ahead of their owner's clock, because of more than one operation a millisecond, count as skew.
/// </remarks>
public sealed class TwoOwnersPropertyTests
{
    private const int Skew = 20;

    [Fact]
    public void Read_ThroughTheStore_IsNeverOlderThanTheLastAppliedChange() =>
        Gen.Select(Gen.Int[0, Skew], Gen.Select(Gen.Int[0, 7], Gen.Int[0, 1], Gen.Int[0, 3]).Array[1, 80])
            .Sample((ahead, steps) =>
            {
                var run = new Run(ahead);
                foreach (var (step, owner, choice) in steps)
                {
                    run.Take(step, owner, choice);
                }
            }, iter: 5000);

    private sealed class Run
    {
        private readonly FakeTimeProvider[] _clocks;
        private readonly EntryMemory?[] _owners = new EntryMemory?[2];
        private readonly List<(EntryMemory Memory, LoadStart Start, byte Seen)> _loads = [];
        private readonly List<StoreRecord> _late = [];
        private StoreRecord? _stored;
        private byte _truth;
        private int _present;

        public Run(int ahead)
        {
            var start = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);
            _clocks = [new(start), new(start.AddMilliseconds(ahead))];
        }

        public void Take(int step, int owner, int choice)
        {
            switch (step)
            {
                case 0: Pass(choice); break;
                case 1: BeginLoad(); break;
                case 2: EndLoad(choice); break;
                case 3: Arrive(choice); break;
                case 4: _late.RemoveRange(0, Math.Min(1, _late.Count)); break;
                case 5: Change(isSet: choice % 2 == 0); break;
                case 6: Move(owner); break;
                default: Read(); break;
            }
        }

        private EntryMemory Owner => _owners[_present] ??= NewMemory(_present);

        private EntryMemory NewMemory(int owner) =>
            new(new CacheDefinition("user", "user:{id}", TimeSpan.FromDays(1)), _clocks[owner], new());

        private void Pass(int milliseconds)
        {
            foreach (var clock in _clocks)
            {
                clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            }
        }

        /// <summary>Replaces the owner by a new one on either silo, which knows nothing.</summary>
        private void Move(int owner)
        {
            _owners[_present] = null;
            _present = owner;
            _owners[owner] = null;
        }

        /// <summary>Begins a load as the grain does: one at a time, and none while a value is held. Unlimited loads in
        /// one millisecond would move an owner's stamps ahead of its clock, as changes do; see the class.</summary>
        private void BeginLoad()
        {
            if (Owner.Fresh is null && !_loads.Exists(load => load.Memory == Owner))
            {
                _loads.Add((Owner, Owner.BeginLoad(), _truth));
            }
        }

        private void EndLoad(int choice)
        {
            if (_loads.Count == 0)
            {
                return;
            }

            var (memory, start, seen) = _loads[choice % _loads.Count];
            _loads.RemoveAt(choice % _loads.Count);
            if (memory.Keep(start, LoadResult.Found([seen])) is { } record)
            {
                _late.Add(record);
            }
        }

        private void Arrive(int choice)
        {
            if (_late.Count == 0)
            {
                return;
            }

            var record = _late[choice % _late.Count];
            _late.RemoveAt(choice % _late.Count);
            var result = Write(record);
            if (result.Status == StoreWriteStatus.Superseded)
            {
                Owner.Reject(result.StoredStamp);
            }
        }

        /// <summary>Changes the source of truth, and applies the owner's set or remove, with its retries.</summary>
        private void Change(bool isSet)
        {
            Pass(Skew + 1);
            _truth++;
            while (true)
            {
                var result = Write(isSet ? Owner.Set([_truth], null) : Owner.Remove());
                if (result.Status == StoreWriteStatus.Applied)
                {
                    return;
                }

                Owner.Reject(result.StoredStamp);
            }
        }

        private void Read()
        {
            var held = Owner.Fresh;
            if (held is null && _stored is { } stored && Owner.TryAccept(Owner.BeginLoad(), stored))
            {
                held = stored;
            }

            Assert.True(held is null || held.Value![0] == _truth, $"read {held?.Value![0]} after {_truth}");
        }

        private StoreWriteResult Write(StoreRecord record)
        {
            if (_stored is { } stored && stored.Stamp >= record.Stamp && stored != record)
            {
                return StoreWriteResult.Superseded(stored.Stamp);
            }

            _stored = record;
            return StoreWriteResult.Applied;
        }
    }
}
