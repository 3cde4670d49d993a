using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using CacheOrleans.Storage;

namespace CacheOrleans.Fuzz.Targets;

/// <summary>Definitions and values: no two keys have one text, neither as grains nor in Redis.</summary>
/// <remarks>The input's lines are the name and the template of two caches, and the values of a key of each.</remarks>
internal sealed class TemplateTarget : ITarget
{
    private static readonly string[] Names = ["a", "a.v1", "a-v1", "v1"];

    private static readonly string[] Values =
        [":", "_", "-", ".", "~", "%", "%3A", "%5F", "=", "&", "1", "x", "v1", "/", "{x}", "é", "\u0001", "@"];

    private static readonly string[] Templates =
    [
        "{x}:{y}", "{x}_{y}", "{x}-{y}", "{x}.{y}", "{x}~{y}", "{x}/{y}", "a:{x}1:{y}:x", "a_{x}x_x{y}_", "{x}x-_:{y}",
        "{x}=1&{y}&", "x{x}(){y}1", "{x}", "v1:{x}", "1{x}", "a", "u_{x}:{y}-{z}",
    ];

    public string Name => "template";

    public int Share => 130;

    public IReadOnlyList<string> Words { get; } =
        [.. Templates, .. Values, "\n", "{", "}", "{version}", "a\n{x}:{y}\n", "\na\n{x}:{y}\n"];

    public byte[] Generate(Random random)
    {
        var (name, template) = (random.One(Names), random.One(Templates));
        var (other, its) = random.Next(4) > 0 ? (name, template) : (random.One(Names), random.One(Templates));
        var values = Enumerable.Range(0, 6).Select(_ => random.Some(Values, 3));
        return Text.Bytes(string.Join('\n', [name, template, other, its, .. values]));
    }

    public ValueTask<string> RunAsync(byte[] input)
    {
        var lines = Text.Of(input).Split('\n');
        Array.Resize(ref lines, 10);
        var (left, right) = (Definition(lines[0], lines[1]), Definition(lines[2], lines[3]));
        if (left is null || right is null)
        {
            return new($"{left is null} {right is null}");
        }

        var (first, second) = (Key(left, lines[4..7]), Key(right, lines[7..10]));
        if (first is null || second is null)
        {
            return new("no key");
        }

        var isSame = left.Name == right.Name && first.Parameters.SequenceEqual(second.Parameters);
        Promise.That(isSame == first.Equals(second), $"Two keys have two texts: {first}, {second}");

        // Two templates of one cache may make one text; that is what fingerprints are for.
        var (stored, other) = (left.StoreKey(first), right.StoreKey(second));
        Promise.That(
            (left.Name == right.Name && left.Fingerprint != right.Fingerprint) || isSame == (stored == other),
            $"Two keys have two places in Redis: {stored}, {other}");
        Promise.That(
            left.Fingerprint == right.Fingerprint == ((left.Name, lines[1]) == (right.Name, lines[3])),
            "Two definitions have two fingerprints.");
        Check(first, stored);
        return new($"{first.Parameters.Length} {second.Parameters.Length} {isSame} {stored == other}");
    }

    private static void Check(CacheKey key, StoreKey stored)
    {
        Promise.That(CacheKey.Parse(key.Text).Equals(key), "A key's text is its own.");
        Promise.That(!stored.IsVersion, "No entry has the place of a version.");
        Promise.That(
            stored.Text.All(letter => letter is > ' ' and <= '~' and not ('{' or '}')),
            $"A key in Redis is printable ASCII, and spreads over all slots: {stored}");
    }

    private static CacheDefinition? Definition(string? name, string? template)
    {
        try
        {
            return new(name ?? string.Empty, template ?? string.Empty, TimeSpan.FromMinutes(1));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static CacheKey? Key(CacheDefinition definition, string?[] values)
    {
        try
        {
            var taken = values.Take(definition.Template.Parameters.Length).Select(value => value ?? string.Empty);
            var key = definition.Key([.. taken]);
            Promise.That(definition.Template.Check(key) is null, "A key fits its template.");
            return key;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
