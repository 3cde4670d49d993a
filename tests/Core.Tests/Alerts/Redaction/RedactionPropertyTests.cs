using CacheOrleans.Alerts;
using CsCheck;

namespace CacheOrleans.Core.Tests.Alerts.Redaction;

/// <summary>For any secret, text around it and place of a cut, no six characters in a row are leaked.</summary>
/// <remarks>Five may be: in a text that was cut to <c>://host:63</c>, the end may be a port or the beginning of a
/// password.</remarks>
public sealed class RedactionPropertyTests
{
    private const int Leak = 6;

    private static readonly string[] Around =
    [
        "\n", " ", "\n   at X.Y()\n", "connect failed ", "Timeout. ", "{0} ", "user=u, ", "(", "[", "\"", "' ", "; ",
        "key: ", "Bearer ", "http://h:80/ ", "password=, ", "C:\\x ", "😀 ", "\uD800 ", "*** ", "a=b;", "x=\"", "@ ",
    ];

    private static readonly string[] After =
    [
        "", "\n", " ", " refused", ")", "\"", "'", ". ", ", ", "; ", "\n   at X.Y()", "\",\"x\":1}", "@x", "\uDC00",
    ];

    private static readonly Gen<string> Word =
        Gen.Char["ABCDEFGHJKLMNPQRSTUVWXYZ23456789"].Array[1, 8].Select(letters => new string(letters));

    /// <summary>A form, and a secret for it: letters and digits with special pieces of the form between them.</summary>
    private static readonly Gen<(SecretForm Form, string Secret)> Cases =
        from form in Gen.OneOf(SecretForms.All)
        from first in Word
        from more in Gen.Select(Gen.OneOf(form.Pieces), Word, (piece, word) => piece + word).Array[0, 6]
        from last in Word
        select (form, first + string.Concat(more) + last);

    private static readonly Gen<(SecretForm Form, string Secret, string Text)> Texts = Gen.Select(
        Cases,
        Gen.OneOf(Around).Array[0, 5],
        Gen.OneOf(After),
        (one, before, after) =>
            (one.Form, one.Secret, $"{string.Concat(before)} {one.Form.With(one.Secret)}{after}"));

    [Fact]
    public void Redact_AnySecret_LeaksNothing() => Gen.Select(Texts, Gen.Int[0, 300]).Sample(
        (one, length) =>
        {
            var redacted = SecretForms.RedactorFor(one.Form, one.Secret).Redact(one.Text);

            AssertNoLeak(one.Secret, redacted);
            AssertNoLeak(one.Secret, TextCut.At(redacted, length));
            Assert.NotEqual("***", redacted);
        },
        iter: 5_000);

    [Fact]
    public void Redact_TextThatWasCut_LeaksNothing() => Gen
        .Select(Texts.Where(one => !one.Form.NeedsEnd), Gen.Double[0, 1])
        .Sample(
            (one, part) =>
            {
                var cut = one.Text[..(int)(one.Text.Length * part)];
                AssertNoLeak(one.Secret, SecretForms.RedactorFor(one.Form, one.Secret).Redact(cut));
            },
            iter: 5_000);

    [Fact]
    public void Redact_TextLongerThanTheLimit_LeaksNothing() => Gen
        .Select(Texts, Gen.Bool, Gen.Int[0, 300])
        .Sample(
            (one, isKept, after) =>
            {
                var edge = isKept ? Redactor.MaxLength - Redactor.Margin : Redactor.MaxLength;
                var text = Filler(edge - Math.Min(after, one.Text.Length)) + one.Text + Filler(Redactor.MaxLength);

                var redacted = SecretForms.RedactorFor(one.Form, one.Secret).Redact(text);

                AssertNoLeak(one.Secret, redacted);
                Assert.True(redacted.Length > 500, redacted);
            },
            iter: 100);

    [Fact]
    public void Redact_RedactedText_ChangesNothing()
    {
        string[] pieces =
        [
            "password", "token", "cookie:", "=", ":", ";", ",", "&", "?", "\"", "'", "\\", "{", "}", "[", "]", " ",
            "\n", "*", "***", "a", "B7", "://", "@", "h:80", "Bearer ", "eyJhbGciOi", "xoxb-",
            "-----BEGIN PRIVATE KEY-----",
            "-----END", "hooks.slack.com/services/", "abcd", "1234", "x y=", "\uD83D", "\uDE00",
        ];
        var redactor = new Redactor([@"\*", "^a", @"12(?<secret>3\*?)", "(?=;);."], [new("abcd"), new("*b7*")]);

        Gen.OneOf(Gen.OneOf(pieces), Gen.OneOf(SecretForms.All).Select(form => form.With("S3cret")))
            .Array[0, 12].Select(string.Concat)
            .Sample(
                text =>
                {
                    var redacted = redactor.Redact(text);
                    Assert.Equal(redacted, redactor.Redact(redacted));
                },
                iter: 5_000);
    }

    private static string Filler(int length) =>
        new string('.', Math.Max(0, length)).Replace("..........", "one line.\n", StringComparison.Ordinal);

    private static void AssertNoLeak(string secret, string redacted)
    {
        for (var start = 0; start + Leak <= secret.Length; start++)
        {
            Assert.DoesNotContain(secret.Substring(start, Leak), redacted, StringComparison.Ordinal);
        }
    }
}
