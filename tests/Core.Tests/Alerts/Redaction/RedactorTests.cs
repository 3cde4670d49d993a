using CacheOrleans.Alerts;

namespace CacheOrleans.Core.Tests.Alerts.Redaction;

public sealed class RedactorTests
{
    private static readonly Redactor Plain = new([], []);

    public static TheoryData<string, string> Examples => new(
    [
        ("Host=db;Username=app;Password=s3cret;Timeout=5", "Host=db;Username=app;Password=***;Timeout=5"),
        ("Password=two words, a comma;Server=db", "Password=***;Server=db"),
        ("Host=db;Password='a;b''c';Timeout=5", "Host=db;Password='***';Timeout=5"),
        ("Host=db;Password=\"a;b\"\"c\";Timeout=5", "Host=db;Password=\"***\";Timeout=5"),
        ("Driver=x;PWD={a;b}}c};Server=db", "Driver=x;PWD={***};Server=db"),
        ("redis:6379,password=a;b&c,user=app", "redis:6379,password=***,user=app"),
        ("AccountName=app;AccountKey=abc+/==;EndpointSuffix=x", "AccountName=app;AccountKey=***;EndpointSuffix=x"),
        ("SharedAccessKeyName=root;SharedAccessKey=abc=", "SharedAccessKeyName=root;SharedAccessKey=***"),
        ("it has api_key=abc and PASSPHRASE : def ghi", "it has api_key=*** and PASSPHRASE : *** ghi"),
        ("AWS_SECRET_ACCESS_KEY=abc/def\nHOME=/", "AWS_SECRET_ACCESS_KEY=***\nHOME=/"),
        ("{\"password\":\"a\\\"b\",\"port\":1}", "{\"password\":\"***\",\"port\":1}"),
        ("{\"password\":\"\",\"port\":1}", "{\"password\":\"\",\"port\":1}"),
        ("{\"password\":\"a\\\\\",\"port\":1}", "{\"password\":\"***\",\"port\":1}"),
        ("{\\\"token\\\":\\\"a\\\\\\\"b\\\",\\\"n\\\":1}", "{\\\"token\\\":\\\"***\\\",\\\"n\\\":1}"),
        ("Authorization: Bearer abc.def failed", "Authorization: Bearer *** failed"),
        ("Authorization: Digest username=\"app\", response=\"abc\"\nHost: x", "Authorization: ***\nHost: x"),
        ("{\"Authorization\":\"Digest abc\",\"n\":1}", "{\"Authorization\":\"***\",\"n\":1}"),
        ("Cookie: a=\"b\"; c=d\nHost: x", "Cookie: ***\nHost: x"),
        ("X-Api-Key: abc\nHost: x", "X-Api-Key: ***\nHost: x"),
        ("bearer Bearer abc", "bearer Bearer ***"),
        ("Basic YTpi was refused", "Basic *** was refused"),
        ("see amqp://app:s3cret@mq:5672/v now", "see amqp://***@mq:5672/v now"),
        ("redis://:s3cret@redis:6379", "redis://***@redis:6379"),
        ("redis://app:p@s/s@redis:6379 x", "redis://***@redis:6379 x"),
        ("redis://app:s3cre", "redis://***"),
        ("'redis://app:a'b@redis:6379'", "'redis://***@redis:6379'"),
        ("https:\\/\\/app:s3cret@x", "https:\\/\\/***@x"),
        ("GET /x?token=abc&page=2", "GET /x?token=***&page=2"),
        ("GET /x?key=abc&sv=1&sig=def%3D&signature=ghi", "GET /x?key=***&sv=1&sig=***&signature=***"),
        ("POST https://hooks.slack.com/services/T0/B0/x 404", "POST https://hooks.slack.com/services/*** 404"),
        ("hooks.slack.com/workflows/T0/A0/1/x", "hooks.slack.com/workflows/***"),
        ("hooks.slack-gov.com/services/T0/B0/x", "hooks.slack-gov.com/services/***"),
        ("token xoxb-1-2-abc expired", "token xoxb-*** expired"),
        ("bad JWT eyJhbGciOiJIUzI1NiJ9.e30.abc here", "bad JWT *** here"),
        ("-----BEGIN EC PRIVATE KEY-----\nab\n-----END EC PRIVATE KEY-----\nx",
            "-----BEGIN EC PRIVATE KEY-----***-----END EC PRIVATE KEY-----\nx"),
    ]);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Redact_Secret_KeepsTheTextAroundIt(string text, string expected)
    {
        Assert.Equal(expected, Plain.Redact(text));
        Assert.Equal(expected.ToUpperInvariant(), Plain.Redact(text.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("System.IO.IOException: No route to host\n   at System.Net.Sockets.Socket.Connect(EndPoint remote)")]
    [InlineData("The timeout performing GET (1000ms), inst: 0, mgr: 10 of 10 available, clientName: x")]
    [InlineData("Loader, Version=1.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a")]
    [InlineData("X.LoadAsync(CacheKey key, CancellationToken cancellationToken) in /src/X.cs:line 42")]
    [InlineData("Npgsql.PostgresException (0x80004005): 28P01: password authentication failed for user \"app\"")]
    [InlineData("Bearer authentication failed. Basic auth, and a bearer token.")]
    [InlineData("http://localhost:5000, http://[::1]:80/x (https://db.example.com:443). tcp://a:1,b:2; 'http://x:1'")]
    [InlineData("GET https://registry.example.com/@scope/pkg?mail=a@b.c")]
    [InlineData("mongodb://h1:27017,h2:27017/db?replicaSet=rs")]
    [InlineData("WRONGPASS invalid username-password pair or user is disabled.")]
    public void Redact_WithoutASecret_ChangesNothing(string text) => Assert.Equal(text, Plain.Redact(text));

    [Theory]
    [InlineData("https://alerts.example.com/in/a+b?room=7", "to https://alerts.example.com/in/a+b?room=7.", "to ***.")]
    [InlineData("https://alerts.example.com/in/a+b?room=7", "POST /in/a+b?room=7 HTTP", "POST *** HTTP")]
    [InlineData("https://alerts.example.com/in/a+b", "https%3a%2f%2falerts.example.com%2Fin%2Fa%2Bb!", "***!")]
    [InlineData("https://alerts.example.com/in/a+b", "\"\\/in\\/a+b\"", "\"***\"")]
    [InlineData("a b\"c", "a%20b%22c, a+b%22c, a b\\u0022c", "***, ***, ***")]
    [InlineData("abc", "abc", "abc")]
    [InlineData("abcd", "xABCDx", "x***x")]
    [InlineData("https://alerts.example.com/", "GET / HTTP", "GET / HTTP")]
    public void Redact_KnownSecret_RemovesItInEveryEncoding(string secret, string text, string expected) =>
        Assert.Equal(expected, new Redactor([], [new(secret)]).Redact(text));

    [Fact]
    public void Redact_OverlappingSecrets_RemovesAllOfThem() => Assert.Equal(
        "x *** y", new Redactor([], [new("abcd"), new("abcdefgh"), new("ghij")]).Redact("x abcdefghij y"));

    [Theory]
    [InlineData(@"card \d+", "the card 1234 is", "the *** is")]
    [InlineData(@"card (?<secret>\d+)", "the CARD 1234 is", "the CARD *** is")]
    [InlineData(@"(?<=card )\d+", "the card 1234 is", "the card *** is")]
    [InlineData(@"card (?<secret>[\s\S]*)\z", "the card 1234\n", "the card ***")]
    [InlineData("x*", "ab", "ab")]
    public void Redact_WithAPattern_RemovesItsGroupOrTheWholeMatch(string pattern, string text, string expected)
    {
        Assert.Null(Redactor.Check(pattern));
        Assert.Equal(expected, new Redactor([pattern], []).Redact(text));
    }

    [Fact]
    public void Redact_PatternTakesTooLong_RemovesEverything() => Assert.Equal(
        "***", new Redactor([@"(?=x)(x+x+)+y"], []).Redact("a secret: " + new string('x', 2000)));

    [Theory]
    [InlineData("(")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("(?<secret")]
    public void Check_InvalidPattern_SaysSo(string pattern) =>
        Assert.Contains("pattern", Redactor.Check(pattern), StringComparison.Ordinal);

    [Fact]
    public void ToString_Secret_DoesNotShowIt() =>
        Assert.Equal("***", new AlertSecret("https://hooks.slack.com/services/x").ToString());
}
