using CacheOrleans.Definitions;
using CacheOrleans.Entries;
using CacheOrleans.Keys;
using CacheOrleans.Redis.Store;
using CacheOrleans.Storage;
using CacheOrleans.Tags;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>The bytes of a record in Redis, and what an owner makes of them.</summary>
internal sealed class EnvelopeTarget : ITarget
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly CacheLimits Limits = new() { MaxValueBytes = 100 };
    private static readonly CacheDefinition Definition = new("country", "country:{code}", TimeSpan.FromMinutes(5));

    public string Name => "envelope";

    public int Share => 416;

    public IReadOnlyList<string> Words { get; } = ["CO", "CO\u0001", "CO\u0002", "CO\u0003", "\u0001\0\u0002eu", "*"];

    public byte[] Generate(Random random)
    {
        var flags = random.Next(8);
        var sliding = (flags & 1) != 0
            ? new SlidingLife(TimeSpan.FromMilliseconds(random.NextInt64(1, 1L << random.Next(1, 38))), Near(random))
            : null;
        var tags = (flags & 2) != 0 ? new string[random.Next(1, random.Next(2, 70))] : null;
        for (var i = 0; i < tags?.Length; i++)
        {
            tags[i] = new string("ab*:é한\n"[random.Next(7)], random.Next(1, random.Next(2, 300)));
        }

        var definition = (flags & 4) != 0 ? random.Next(2) == 0 ? Definition.Fingerprint : random.NextInt64() : 0;
        var stamp = Stamp.Next(Near(random), Stamp.None);
        return Envelope.Encode(random.Next(8) == 0
            ? new(null, stamp, Near(random), Near(random))
            : new(new byte[random.Next(120)], stamp, Near(random), Near(random), tags, sliding, definition));
    }

    public ValueTask<string> RunAsync(byte[] input)
    {
        var (record, documented) = (Envelope.Decode(input), DocumentedRecord.Read(input));
        Promise.That(
            documented is null ? record is null : record?.IsSameAs(documented) == true,
            $"Bytes mean what the documents say: {documented?.ToString() ?? "unreadable"}, not {record}");
        if (record is null)
        {
            return new("unreadable");
        }

        Promise.That(Envelope.Encode(record).AsSpan().SequenceEqual(input), "A record has one form.");
        if (RecordRules.Check("country", record, Limits, Now) is { } problem)
        {
            return new(Outcome.Of(problem));
        }

        return new(Serve(record));
    }

    /// <summary>An owner takes the record: it can be read, extended and replaced, and what comes later is later.
    /// </summary>
    private static string Serve(StoreRecord record)
    {
        var time = new FakeTimeProvider(Now);
        var memory = new EntryMemory(Definition, time, new TagFloors());
        var isValid = memory.TryAccept(memory.BeginLoad(), record);
        var isOurs = record.Definition == 0 || record.Definition == Definition.Fingerprint;
        Promise.That(
            isValid == (!record.IsTombstone && isOurs && record.ExpiresAt > Now && record.Stamp > Stamp.None),
            $"A value is served until it expires, under its own definition: {record}");
        if (isValid)
        {
            Promise.That(record.Age(Now) >= TimeSpan.Zero, "No value is younger than now.");
            Promise.That(record.LatestExpiry >= record.ExpiresAt, "A slide shortens no life.");
            time.Advance(record.TimeLeft(Now) / 2);
            foreach (var written in new[] { memory.Touch(), memory.FinalWrite() }.OfType<StoreRecord>())
            {
                Promise.That(
                    written.ExpiresAt <= record.Sliding!.EndsAt && written.Stamp > record.Stamp,
                    "A slide does not pass its end.");
                _ = Envelope.Encode(written);
            }
        }

        Promise.That(memory.Set([], null).Stamp > record.Stamp, "A set is later than what was there.");
        return $"{isValid} {record.IsTombstone} {isOurs} {record.Tags is null} {record.Sliding is null}";
    }

    /// <summary>A time that is seldom far from now.</summary>
    private static DateTimeOffset Near(Random random)
    {
        var away = TimeSpan.FromMilliseconds(random.NextInt64(1L << random.Next(1, 40)));
        return random.Next(3) == 0 ? Now - away : Now + away;
    }
}
