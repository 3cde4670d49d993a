using CacheOrleans.Storage;
using CsCheck;

namespace CacheOrleans.Redis.Tests.WriteBehind;

/// <summary>Checks the queue under random work, with failures and a breaker that opens and closes.</summary>
public sealed class WriteBehindModelTests
{
    private const int KeyCount = 6;

    private enum Act
    {
        Write,
        Remove,
        WriteLate,
        FlipGate,
        FlipFailures,
        Advance,
    }

    private static readonly Gen<(Act Act, int Key)[]> Acts = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(Act.Write)),
            (3, Gen.Const(Act.Remove)),
            (1, Gen.Const(Act.WriteLate)),
            (1, Gen.Const(Act.FlipGate)),
            (1, Gen.Const(Act.FlipFailures)),
            (2, Gen.Const(Act.Advance))),
        Gen.Int[0, KeyCount - 1]).Array[1, 80];

    [Fact]
    [Trait("Row", "W1")]
    public async Task Queue_UnderRandomWork_KeepsTheHighestStampOfEachKey() => await Acts.SampleAsync(
        async acts =>
        {
            await using var test = new TestQueue(new() { BatchSize = 3 });
            await test.StartAsync();
            var enqueued = Run(test, acts);

            test.Gate.Refuses = false;
            test.Store.Fails = _ => null;
            await test.StopAsync();

            Assert.All(enqueued, entry => Assert.True(entry.Pending.Settled.IsCompleted, "A write was forgotten."));
            Assert.All(enqueued, entry => Assert.True(entry.Pending.Attempted.IsCompleted, "A caller was forgotten."));
            foreach (var key in enqueued.GroupBy(entry => entry.Write.Key.Text))
            {
                var highest = key.Max(entry => entry.Write.Record.Stamp);
                Assert.Equal(highest, test.Store.Kept[key.Key].Stamp);
                Assert.All(
                    key.Where(entry => entry.Write.Record.Stamp == highest),
                    entry => Assert.Equal(StoreWriteResult.Applied, entry.Pending.Settled.Result));
            }
        },
        iter: 300);

    private static List<(StoreWrite Write, PendingWrite Pending)> Run(TestQueue test, (Act Act, int Key)[] acts)
    {
        List<(StoreWrite Write, PendingWrite Pending)> enqueued = [];
        var isFailing = false;
        for (var i = 0; i < acts.Length; i++)
        {
            var stamp = 1000 + (i * 2);
            var key = Writes.Key($"{acts[i].Key}");
            switch (acts[i].Act)
            {
                case Act.Write:
                    Enqueue(Writes.Value(key, stamp, [(byte)i]));
                    break;
                case Act.Remove:
                    Enqueue(Writes.Tombstone(key, stamp));
                    break;
                case Act.WriteLate:
                    Enqueue(Writes.Value(key, stamp - 21, [(byte)i]));
                    break;
                case Act.FlipGate:
                    test.Gate.Refuses = !test.Gate.Refuses;
                    break;
                case Act.FlipFailures:
                    isFailing = !isFailing;
                    StoreFailureKind? failure = isFailing ? StoreFailureKind.Timeout : null;
                    test.Store.Fails = write => write.Record.Stamp.Value % 4 == 0 ? failure : null;
                    break;
                default:
                    test.Time.Advance(TimeSpan.FromMilliseconds(250));
                    break;
            }
        }

        return enqueued;

        void Enqueue(StoreWrite write) => enqueued.Add((write, test.Enqueue(write)));
    }
}
