using CacheOrleans.Redis.Store;
using CacheOrleans.Storage;
using CacheOrleans.Tags;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>Tags, one on each line: what is allowed can be written to Redis and read again.</summary>
internal sealed class TagTarget : ITarget
{
    public string Name => "tag";

    public int Share => 50;

    public IReadOnlyList<string> Words { get; } =
        ["eu", "*", "\n", ":", "@tag:", "%2F", "/", "한", "😀", "\u0085", " ", new('x', 256), new('\n', 64), "a\nb\n"];

    public byte[] Generate(Random random) => Text.Bytes(random.Some(Words, 8));

    public ValueTask<string> RunAsync(byte[] input)
    {
        var tags = Text.Of(input).Split('\n');
        try
        {
            var allowed = CacheTags.Of(tags)!;
            var record = new StoreRecord([1], new(1), default, default, allowed);
            Promise.That(
                Envelope.Decode(Envelope.Encode(record))?.IsSameAs(record) == true, "Tags are read as written.");
            Promise.That(allowed.SequenceEqual(tags.Distinct()), "No tag is lost.");
            Promise.That(
                allowed.Select(tag => StoreKey.OfTag(tag).Text).Distinct().Count() == allowed.Length,
                "Two tags have two places in Redis.");
            return new("tags");
        }
        catch (ArgumentException exception)
        {
            return new(Outcome.Of(exception.Message));
        }
    }
}
