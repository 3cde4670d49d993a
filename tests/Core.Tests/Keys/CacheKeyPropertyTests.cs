using CacheOrleans.Definitions;
using CacheOrleans.Keys;
using CsCheck;

namespace CacheOrleans.Core.Tests.Keys;

public sealed class CacheKeyPropertyTests
{
    private const int Runs = 20_000;

    [Fact]
    [Trait("Row", "L6")]
    public void Parse_CanonicalText_ReturnsTheSameKey() => KeyGen.Key.Sample(
        key =>
        {
            var parsed = CacheKey.Parse(key.Text);
            return parsed.Equals(key)
                && parsed.Name == key.Name
                && parsed.Version == key.Version
                && parsed.Parameters.SequenceEqual(key.Parameters);
        },
        iter: Runs);

    [Fact]
    public void Text_IsPrintableAscii() =>
        KeyGen.Key.Sample(key => key.Text.All(character => character is > ' ' and <= '~'), iter: Runs);

    [Fact]
    [Trait("Row", "L6")]
    public void Text_OfDifferentParts_Differs()
    {
        var parts = Gen.Select(
            Gen.OneOf("a", "a.v1", "a-v1"), Gen.Int[1, 12], KeyGen.CloseValue, KeyGen.CloseValue);
        Gen.Select(parts, parts).Sample(
            (left, right) => left == right || KeyOf(left).Text != KeyOf(right).Text,
            iter: Runs);

        static CacheKey KeyOf((string Name, int Version, string X, string Y) part) =>
            CacheKey.Create(part.Name, part.Version, new("x", part.X), new("y", part.Y));
    }

    [Theory]
    [Trait("Row", "L6")]
    [InlineData("{x}:{y}")]
    [InlineData("{x}_{y}")]
    [InlineData("{x}-{y}")]
    [InlineData("{x}.{y}")]
    [InlineData("{x}~{y}")]
    [InlineData("{x}/{y}")]
    [InlineData("a:{x}1:{y}:x")]
    [InlineData("a_{x}x_x{y}_")]
    [InlineData("{x}x-_:{y}")]
    [InlineData("{x}=1&{y}&")]
    [InlineData("x{x}(){y}1")]
    public void StoreKey_OfDifferentValues_Differs(string template)
    {
        var definition = new CacheDefinition("pair", template, TimeSpan.FromMinutes(1));
        var values = Gen.Select(KeyGen.CloseValue, KeyGen.CloseValue);
        Gen.Select(values, values).Sample(
            (left, right) => left == right || StoreKey(left) != StoreKey(right),
            iter: Runs);

        string StoreKey((string X, string Y) pair) =>
            definition.StoreKey(definition.Key(pair.X, pair.Y)).Text;
    }

    [Fact]
    [Trait("Row", "L6")]
    public void StoreKey_OfThreeParametersWithMixedSeparators_Differs()
    {
        var definition = new CacheDefinition("three", "u_{x}:{y}-{z}", TimeSpan.FromMinutes(1));
        var values = Gen.Select(KeyGen.CloseValue, KeyGen.CloseValue, KeyGen.CloseValue, Gen.Int[1, 2]);
        Gen.Select(values, values).Sample(
            (left, right) => left == right || StoreKey(left) != StoreKey(right),
            iter: Runs);

        string StoreKey((string X, string Y, string Z, int Version) part) =>
            definition.StoreKey(definition.VersionedKey(part.Version, part.X, part.Y, part.Z)).Text;
    }

    [Fact]
    [Trait("Row", "L6")]
    public void StoreKey_OfDifferentCaches_Differs()
    {
        var cache = Gen.Select(KeyGen.Name, Gen.OneOf("{x}", "v1:{x}", "x:{x}", "1{x}"), KeyGen.CloseValue);
        Gen.Select(cache, cache).Sample(
            (left, right) => left.Item1 == right.Item1 || StoreKey(left) != StoreKey(right),
            iter: Runs);

        static string StoreKey((string Name, string Template, string Value) part)
        {
            var definition = new CacheDefinition(part.Name, part.Template, TimeSpan.FromMinutes(1));
            return definition.StoreKey(definition.Key(part.Value)).Text;
        }
    }

    [Fact]
    public void TryParse_AnyText_ReturnsAKeyOrAnError()
    {
        var piece = Gen.OneOf(KeyGen.Value, Gen.String[0, 4], Gen.OneOf("/v1", "?", "&", "=", "%", "a", "\uD800"));
        piece.Array[0, 8].Select(string.Concat).Sample(
            text => CacheKey.TryParse(text, out var key, out var error)
                ? key.Text == text && error is null
                : key is null && !string.IsNullOrEmpty(error),
            iter: Runs);
    }

    [Fact]
    public void TemplateParse_AnyText_ReturnsATemplateOrThrowsArgumentException()
    {
        var piece = Gen.OneOf(Gen.String[0, 3], Gen.OneOf("{", "}", "{x}", "{y}", ":", "a", "{version}", "%"));
        piece.Array[0, 6].Select(string.Concat).Sample(
            text =>
            {
                try
                {
                    return CacheKeyTemplate.Parse(text).Text == text;
                }
                catch (ArgumentException exception)
                {
                    return exception.Message.Length > 0;
                }
            },
            iter: Runs);
    }
}
