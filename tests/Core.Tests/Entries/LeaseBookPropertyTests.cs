using CacheOrleans.Definitions;
using CacheOrleans.Entries;
using CacheOrleans.Loading;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Core.Tests.Entries;

/// <summary>Callers ask for leases, renew them, bring values or die, while the value changes.</summary>
/// <remarks>Each value is the number of the change after which it was loaded.</remarks>
public sealed class LeaseBookPropertyTests
{
    [Fact]
    public void Lease_AnyHistory_IsExclusiveAndBringsNoOutdatedValue() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 9]).Array[1, 80].Sample(
            steps =>
            {
                var run = new Run();
                foreach (var (step, choice) in steps)
                {
                    run.Take(step, choice);
                }
            },
            iter: 5000);

    private sealed class Run
    {
        private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000));
        private readonly EntryMemory _memory;
        private readonly LeaseBook<byte> _book;
        private readonly List<(LoadLease<byte> Lease, DateTimeOffset Until, int Change)> _held = [];
        private byte _truth;

        public Run()
        {
            _memory = new(new CacheDefinition("user", "user:{id}", TimeSpan.FromSeconds(5)), _time, new());
            _book = new(_memory, _time);
        }

        private DateTimeOffset End => _time.GetUtcNow() + LeaseBook<byte>.Length;

        public void Take(int step, int choice)
        {
            switch (step)
            {
                case 0: _time.Advance(TimeSpan.FromMilliseconds(choice * 100)); break;
                case 1: Ask(); break;
                case 2: Renew(choice); break;
                case 3 or 4: Complete(choice); break;
                case 5: Change(isSet: choice % 2 == 0); break;
                default: Fail(choice); break;
            }

            Assert.True(_memory.Fresh is not { } fresh || fresh.Value![0] == _truth, "the value in memory is outdated");
        }

        private void Ask()
        {
            var isLoading = _held.Exists(one => one.Change == _truth && one.Until > _time.GetUtcNow());
            if (_memory.Fresh is not null)
            {
                return;
            }

            Assert.Equal(!isLoading, _book.TryGrant(Guid.NewGuid(), null, _truth, out var lease));
            if (lease is not null)
            {
                _held.RemoveAll(one => one.Until <= _time.GetUtcNow() && one.Lease.IsReplaced);
                _held.Add((lease, End, _truth));
            }
        }

        private void Renew(int choice)
        {
            if (_held.Count > 0)
            {
                var place = choice % _held.Count;
                var (lease, _, change) = _held[place];
                Assert.Equal(change == _truth, _book.Renew(lease.Id));
                _held[place] = _held[place] with { Until = End };
            }
        }

        private void Complete(int choice)
        {
            if (EndOne(choice) is { } lease)
            {
                _memory.Keep(lease.Start, LoadResult.Found([lease.Outcome]));
            }
        }

        private void Fail(int choice) => EndOne(choice);

        private LoadLease<byte>? EndOne(int choice)
        {
            if (_held.Count == 0)
            {
                return null;
            }

            var lease = _held[choice % _held.Count].Lease;
            _held.RemoveAt(choice % _held.Count);
            Assert.True(_book.TryEnd(lease.Id, out var ended));
            Assert.False(_book.TryEnd(lease.Id, out _));
            return ended;
        }

        private void Change(bool isSet)
        {
            _truth++;
            _ = isSet ? _memory.Set([_truth], null) : _memory.Remove();
        }
    }
}
