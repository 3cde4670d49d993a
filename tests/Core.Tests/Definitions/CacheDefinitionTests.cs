using System.Globalization;
using CacheOrleans.Definitions;
using CacheOrleans.Keys;

namespace CacheOrleans.Core.Tests.Definitions;

public sealed class CacheDefinitionTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly CacheDefinition _user = new("user_object", "user:{user_id}", Minute);

    [Fact]
    [Trait("Row", "L7")]
    public void Constructor_KeepsNameAndTimeToLive()
    {
        Assert.Equal("user_object", _user.Name);
        Assert.Equal(Minute, _user.TimeToLive);
        Assert.Equal("user:{user_id}", _user.Template.Text);
    }

    [Fact]
    [Trait("Row", "L6")]
    public void Key_WithAnotherVersion_IsAnotherEntry()
    {
        var first = _user.Key(42);
        var second = _user.VersionedKey(2, 42);
        Assert.Equal("user_object/v1?user_id=42", first.Text);
        Assert.Equal("user_object/v2?user_id=42", second.Text);
        Assert.Equal("user_object:v1:user:42", _user.StoreKey(first).Text);
        Assert.Equal("user_object:v2:user:42", _user.StoreKey(second).Text);
    }

    [Fact]
    public void Fingerprint_IsStableAndDependsOnNameAndTemplate()
    {
        // It is stored in Redis and sent between silos: with other bits, two versions would not recognize each other.
        Assert.Equal(unchecked((long)0xFE3FC04059F71FF1), _user.Fingerprint);
        Assert.Equal(_user.Fingerprint, new CacheDefinition("user_object", "user:{user_id}", Minute * 2).Fingerprint);
        Assert.Equal(
            5,
            new[]
            {
                _user,
                new("user_object", "user:{id}", Minute),
                new("user_object", "users:{user_id}", Minute),
                new("user_objects", "user:{user_id}", Minute),
                new("user_objectu", "ser:{user_id}", Minute),
            }.Select(definition => definition.Fingerprint).Distinct().Count());
    }

    [Fact]
    [Trait("Row", "L6")]
    public void NamedKey_TakesNamesInAnyOrder()
    {
        var definition = new CacheDefinition("page", "{user}:{page}", Minute);
        var key = definition.NamedKey(1, new Dictionary<string, string> { ["page"] = "3", ["user"] = "42" });
        Assert.Equal(definition.Key(42, 3), key);
    }

    [Theory]
    [InlineData("id", "needs the parameter 'user_id'; it takes user_id")]
    [InlineData("USER_ID", "needs the parameter 'user_id'")]
    public void NamedKey_WithAnotherName_SaysWhatIsMissing(string name, string message)
    {
        var error = Assert.Throws<ArgumentException>(
            () => _user.NamedKey(1, new Dictionary<string, string> { [name] = "42" }));
        Assert.Contains($"Cache 'user_object' {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_WithTheWrongNumberOfValues_SaysHowMany()
    {
        var error = Assert.Throws<ArgumentException>(() => _user.Key(1, 2));
        Assert.Equal("Cache 'user_object' takes 1 values ('user:{user_id}'); got 2.", error.Message);
    }

    [Fact]
    public void Key_WithANullValue_NamesTheParameter() =>
        Assert.Equal("user_id", Assert.Throws<ArgumentNullException>(() => _user.Key([null!])).ParamName);

    [Fact]
    public void Key_WithATypeThatHasNoText_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => _user.Key(new byte[] { 1 }));
        Assert.Contains("'user_id' is a System.Byte[]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("sv-SE")]
    public void Key_InAnyCulture_IsTheSame(string culture)
    {
        var saved = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal("-1234567.5", Value(-1234567.5));
            Assert.Equal("-42", Value(-42));
            Assert.Equal("1.10", Value(1.10m));
            Assert.Equal("True", Value(true));
            Assert.Equal("Friday", Value(DayOfWeek.Friday));
            Assert.Equal("2026-02-03", Value(new DateOnly(2026, 2, 3)));
            Assert.Equal("1.02:03:04", Value(new TimeSpan(1, 2, 3, 4)));
            Assert.Equal("-1", _user.StoreKey(_user.Key(-1)).Text.Split(':')[^1]);
            Assert.Equal("user_object/v1?user_id=-1", _user.Key(-1).Text);
            Assert.True(CacheKey.TryParse("INFO/v12?I=I", out _, out _));
        }
        finally
        {
            CultureInfo.CurrentCulture = saved;
        }
    }

    [Fact]
    public void Key_WithDatesAndTimes_KeepsFractions()
    {
        var time = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(9)).AddTicks(1);
        Assert.Equal("2026-02-03T04:05:06.0000001+09:00", Value(time));
        Assert.Equal("2026-02-03T04:05:06.0000001", Value(time.DateTime));
        Assert.Equal("04:05:06.0000001", Value(TimeOnly.FromDateTime(time.DateTime)));
        Assert.Equal("6f9619ff-8b86-d011-b42d-00c04fc964ff", Value(new Guid("6F9619FF-8B86-D011-B42D-00C04FC964FF")));
    }

    [Fact]
    public void Constructor_WithABadNameOrTemplate_NamesTheCache()
    {
        Assert.Contains("'a b'", Message(() => new CacheDefinition("a b", "x", Minute)), StringComparison.Ordinal);
        Assert.StartsWith(
            "Cache 'c': '{x' is not a key template", Message(() => new CacheDefinition("c", "{x", Minute)),
            StringComparison.Ordinal);
        Assert.StartsWith("Cache 'c': ", Message(() => new CacheDefinition("c", "", Minute)), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Row", "L7")]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(9_999)] // less than a millisecond, in ticks
    [InlineData((3650 * TimeSpan.TicksPerDay) + 1)]
    public void Constructor_WithATimeToLiveOutOfRange_NamesTheRange(long ticks)
    {
        var message = Message(() => new CacheDefinition("c", "x", TimeSpan.FromTicks(ticks)));
        Assert.StartsWith(
            "Cache 'c': TimeToLive must be from 00:00:00.001 to 3650.00:00:00; got",
            message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(30_000, true)]
    [InlineData(30_001, false)]
    public void FallbackTimeout_IsUpToThirtySeconds(int milliseconds, bool isAllowed) => Check(
        isAllowed, () => _ = new CacheDefinition("c", "x", Minute)
        {
            FallbackTimeout = TimeSpan.FromMilliseconds(milliseconds),
        });

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void NotFoundTimeToLive_IsAtLeastAMillisecond(int milliseconds, bool isAllowed) => Check(
        isAllowed, () => _ = new CacheDefinition("c", "x", Minute)
        {
            NotFoundTimeToLive = TimeSpan.FromMilliseconds(milliseconds),
        });

    [Fact]
    public void Defaults_AreTheDocumentedOnes()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), _user.NotFoundTimeToLive);
        Assert.Equal(TimeSpan.FromSeconds(30), _user.FallbackTimeout);
        Assert.Equal("application/json", _user.ContentType);
    }

    [Theory]
    [InlineData("text/plain; name=\"a\u0001b\"")]
    [InlineData("text/plain; name=\"é\"")]
    [InlineData("plain")]
    public void ContentType_NotAMediaType_IsRefused(string type) => Assert.Contains(
        "ContentType must be a media type", Message(() => new CacheDefinition("x", "x", TimeSpan.FromMinutes(1))
        {
            ContentType = type,
        }), StringComparison.Ordinal);

    private string Value(object value) => _user.Key(value).Parameters[0].Value;

    private static string Message(Func<object> action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private static void Check(bool isAllowed, Action action)
    {
        if (isAllowed)
        {
            action();
            return;
        }

        Assert.Throws<ArgumentOutOfRangeException>(action);
    }
}
