using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Slack.Messages;
using CsCheck;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Slack.Tests.Messages;

public sealed class SlackMessagePropertyTests
{
    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.String,
        Gen.Char.Array[0, 20].Select(characters => new string(characters)),
        Gen.OneOf(
            "<!channel>", "<!here|x>", "<@U123>", "<https://a.example|b>", "&lt;", "&", "<", ">", "```", "`", "*bold*",
            "_x_", "~x~", ":fire:", "@channel", "😀", "👩‍👩‍👧", "\ud83d", "\ude00", "\0", "\r\n", "\n", "\t",
            "\u2028", "\u0085", "\u202e", "\"", "\\", " "),
        Gen.Select(Gen.OneOf("x", "<", "&", "😀", "\0"), Gen.Int[1, 4000]).Select(
            (text, times) => string.Concat(Enumerable.Repeat(text, times))));

    private static readonly Gen<string> Text = Piece.Array[0, 6].Select(string.Concat);

    private static readonly Gen<AlertFailure> Failure = Gen.Select(
        Gen.Enum<AlertStage>(), Gen.Enum<BreakerState>(), Gen.Select(Text, Text.Null(), Text.Null(), Text)).Select(
        (stage, breaker, texts) =>
            new AlertFailure(Guid.Empty, stage, texts.Item1, texts.Item2, texts.Item3, texts.Item4, breaker));

    private static readonly Gen<SuppressedFailures> Suppressed = Gen.Select(Gen.Long, Gen.TimeSpan, Gen.Int).Select(
        (failures, length, silos) => new SuppressedFailures(failures, length, silos));

    private static readonly Gen<AlertSituation> Situation = Gen.Select(
        Gen.Enum<AlertOutlook>(), Gen.Enum<BreakerState>().Nullable(), Gen.Int, Gen.TimeSpan.Nullable()).Select(
        (outlook, breaker, alone, length) => new AlertSituation(outlook, breaker, alone, length));

    private static readonly Gen<ManualChange> Change = Gen.Select(
        Gen.Enum<BreakerState>(), Gen.Enum<BreakerState>(), Text.Null(), Gen.TimeSpan).Select(
        (from, to, by, age) => new ManualChange(Guid.Empty, from, to, by, age));

    private static readonly Gen<AlertNotice> Notice = Gen.Select(
        Gen.Select(Gen.Guid, Gen.Enum<AlertNoticeKind>(), Gen.Enum<AlertClass>(), Text),
        Gen.Select(Gen.DateTimeOffset, Gen.TimeSpan),
        Gen.Select(Failure.Null(), Suppressed.Null(), Situation.Null(), Change.Null())).Select(
        (what, when, more) => new AlertNotice(
            what.Item1,
            what.Item2,
            new(what.Item3, what.Item4),
            when.Item1,
            when.Item2,
            more.Item1,
            more.Item2,
            more.Item3,
            more.Item4));

    [Fact]
    [Trait("Row", "A4")]
    public void Write_AnyNotice_RespectsSlacksLimits() => Gen.Select(Notice, Text.Null()).Sample(
        (notice, environment) => SlackLimits.AssertHeld(
            new SlackMessage(
                Options.Create(new AlertOptions { Environment = environment }),
                new HostingEnvironment { EnvironmentName = "Staging" }).Write(notice)),
        iter: 3000);
}
