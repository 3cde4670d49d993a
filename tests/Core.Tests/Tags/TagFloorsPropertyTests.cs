using CacheOrleans.Storage;
using CacheOrleans.Tags;
using CsCheck;

namespace CacheOrleans.Core.Tests.Tags;

/// <summary>Tags are invalidated and learned in any order, with room for all of them or only a few; a table without
/// bounds has the correct answers.</summary>
public sealed class TagFloorsPropertyTests
{
    private static readonly string[] Tags = ["a", "b", "c", "d", "e", "f", CacheTags.Everything];

    private static readonly Gen<string[]?> Given =
        Gen.Int[0, Tags.Length - 2].Select(number => Tags[number]).Array[0, 3].Null();

    private static readonly Gen<(int Tag, int What)[]> Changes =
        Gen.Select(Gen.Int[0, Tags.Length - 1], Gen.Int[0, 3]).Array[0, 40];

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(6, true)]
    public void IsInvalidated_FloorsWereForgotten_IsStillTrueForInvalidStamps(int capacity, bool isExact) =>
        Gen.Select(Changes, Given, Gen.Int[1, 45]).Sample((changes, given, stamp) =>
        {
            var floors = new TagFloors(capacity);
            var truth = new Dictionary<string, long>();
            foreach (var change in changes)
            {
                Take(floors, truth, change);
            }

            var isInvalid = (given ?? []).Append(CacheTags.Everything)
                .Any(tag => stamp <= truth.GetValueOrDefault(tag));
            var answer = floors.IsInvalidated(given, new(stamp));
            Assert.True(answer || !isInvalid, "An invalidated stamp counts as valid.");
            Assert.True(isInvalid || !answer || !isExact, "A valid stamp counts as invalidated.");
            Assert.Equal(answer, new Stamp(stamp) <= floors.FloorOf(given));
        }, iter: 20_000);

    [Fact]
    public void FloorSince_AnyChanges_IsNullExactlyWhenATagWasInvalidated() =>
        Gen.Select(Changes, Changes, Given).Sample((before, meanwhile, given) =>
        {
            var floors = new TagFloors();
            var truth = new Dictionary<string, long>();
            foreach (var change in before)
            {
                Take(floors, truth, change);
            }

            var since = floors.Changes;
            var start = new Stamp(truth.Values.DefaultIfEmpty().Max() + 1).Time;
            var risen = meanwhile.Where(change => Take(floors, truth, change)).Select(change => Tags[change.Tag]);
            var isInvalid = risen.ToList().Intersect((given ?? []).Append(CacheTags.Everything)).Any();

            var floor = floors.FloorSince(given, since, start);

            Assert.Equal(isInvalid, floor is null);
            Assert.True(floor is null || floor == floors.FloorOf(given));
        }, iter: 20_000);

    [Fact]
    public async Task IsInvalidated_WhileFloorsRise_NeverTurnsFalseAgain()
    {
        var floors = new TagFloors(capacity: 8);
        var last = 0L;
        var writer = Task.Run(() =>
        {
            for (var stamp = 1L; stamp <= 100_000; stamp++)
            {
                floors.Raise(stamp % 3 == 0 ? "tag" : $"{stamp % 32}", new(stamp));
                if (stamp % 3 == 0)
                {
                    Volatile.Write(ref last, stamp);
                }
            }
        }, TestContext.Current.CancellationToken);

        while (!writer.IsCompleted)
        {
            Assert.True(floors.IsInvalidated(["tag"], new(Volatile.Read(ref last))), "A floor went down.");
        }

        await writer;
    }

    /// <summary>Applies a change; returns whether it invalidated the tag.</summary>
    private static bool Take(TagFloors floors, Dictionary<string, long> truth, (int Tag, int What) change)
    {
        var tag = Tags[change.Tag];
        switch (change.What)
        {
            case 0:
                floors.Learn(tag, new(truth.GetValueOrDefault(tag)));
                return false;
            case 1:
                floors.Meet(tag == CacheTags.Everything ? null : [tag]);
                return false;
            default:
                truth[tag] = truth.Values.DefaultIfEmpty().Max() + 1;
                floors.Raise(tag, new(truth[tag]));
                return true;
        }
    }
}
