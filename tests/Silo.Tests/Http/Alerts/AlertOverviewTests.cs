using System.Text.Json;
using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Silo.Http.Alerts;

namespace CacheOrleans.Silo.Tests.Http.Alerts;

public sealed class AlertOverviewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 20, 0, 0, TimeSpan.FromHours(9));
    private static readonly Guid Message = new("11111111-2222-3333-4444-555555555555");

    private static readonly AlertFailure Failure = new(
        new("99999999-2222-3333-4444-555555555555"), AlertStage.Read, "The read from Redis failed.",
        "System.TimeoutException", "at Secret.Place()", "10.0.0.1:11111@154", BreakerState.Closed);

    [Fact]
    [Trait("Row", "A1")]
    public void Of_CacheInCooldown_IsFlatJson()
    {
        var hold = new AlertCooldown(
            AlertKey.Cache("country"), Message, TimeSpan.FromSeconds(412.5), IsOpen: true,
            TimeSpan.FromSeconds(187.5), TimeSpan.FromSeconds(190), Failure, IsLocal: false);
        var notice = new AlertNotice(
            Message, AlertNoticeKind.Failing, hold.Key, Now.AddSeconds(-187.5), TimeSpan.FromSeconds(2.5), Failure,
            new SuppressedFailures(7, TimeSpan.FromMinutes(12), 2),
            new AlertSituation(AlertOutlook.Unknown, BreakerState.Open, 0, null));

        var json = Json(
            [new(hold, new SuppressedFailures(42, TimeSpan.FromSeconds(187.5), 3), TimeSpan.FromSeconds(0.25))],
            [
                new(
                    notice.At.AddTicks(5), notice.Key, notice,
                    [
                        new("log", AlertDeliveryState.Delivered, null),
                        new("slack", AlertDeliveryState.GivenUp, "404 no_service"),
                    ]),
            ]);

        Assert.Equal(
            Joined("""
                {"coordinator":"10.0.0.2:11111@155","channels":["log","slack"],"maxKeys":6,
                "keys":[{"class":"cache","name":"country","state":"coolingDown","isOpen":true,
                "nextAllowed":"2026-11-22T11:06:52.5Z","nextAllowedInSeconds":412.5,
                "failingSince":"2026-11-22T10:56:50Z","lastFailureAt":"2026-11-22T10:59:59.75Z",
                "stage":"read","what":"The read from Redis failed.","errorType":"System.TimeoutException",
                "silo":"10.0.0.1:11111@154",
                "lastMessageId":"11111111-2222-3333-4444-555555555555","lastMessageAt":"2026-11-22T10:56:52.5Z",
                "suppressed":42,"suppressedSilos":3,"suppressedSince":"2026-11-22T10:56:52.5Z"}],
                "decisions":[{"at":"2026-11-22T10:56:52.5Z","class":"cache","name":"country","kind":"failing",
                "id":"11111111-2222-3333-4444-555555555555","stage":"read","what":"The read from Redis failed.",
                "errorType":"System.TimeoutException","silo":"10.0.0.1:11111@154","suppressed":7,"suppressedSilos":2,
                "outlook":null,"breaker":"open","from":null,"to":null,"by":null,
                "deliveries":[{"channel":"log","state":"delivered","error":null},
                {"channel":"slack","state":"givenUp","error":"404 no_service"}]}]}
                """),
            json);
    }

    [Fact]
    [Trait("Row", "A3")]
    public void Of_RefusedCache_HasNoMessage()
    {
        var key = Key(Hold(AlertKey.Cache("seventh"), Guid.Empty, TimeSpan.FromMinutes(3)));

        Assert.Equal("refused", key.GetProperty("state").GetString());
        Assert.Equal(180, key.GetProperty("nextAllowedInSeconds").GetDouble());
        AssertNull(key, "lastMessageId", "lastMessageAt");
    }

    [Fact]
    [Trait("Row", "A5")]
    public void Of_CooldownIsOver_IsFree()
    {
        var key = Key(Hold(AlertKey.SiloBreaker, Message, TimeSpan.Zero));

        Assert.Equal("ready", key.GetProperty("state").GetString());
        Assert.Equal("breaker", key.GetProperty("class").GetString());
        Assert.Equal("redis, one silo only", key.GetProperty("name").GetString());
        Assert.Equal(0, key.GetProperty("suppressed").GetInt64());
        AssertNull(
            key, "nextAllowed", "nextAllowedInSeconds", "suppressedSince", "lastFailureAt", "stage", "what",
            "errorType", "silo");
    }

    [Fact]
    public void Of_ProblemHasEnded_IsNotFailing()
    {
        var hold = Hold(AlertKey.Cache("country"), Message, TimeSpan.FromMinutes(3));

        AssertNull(Key(hold with { FailingFor = TimeSpan.Zero }), "failingSince");
    }

    [Fact]
    public void Of_RefusedAlert_IsADecisionWithoutAMessage()
    {
        var decision = Decision(new(Now, AlertKey.Cache("seventh"), null, []));

        Assert.Equal("refused", decision.GetProperty("kind").GetString());
        Assert.Equal("seventh", decision.GetProperty("name").GetString());
        Assert.Equal(0, decision.GetProperty("deliveries").GetArrayLength());
        AssertNull(decision, "id", "stage", "what", "errorType", "silo");
    }

    [Theory]
    [InlineData(AlertNoticeKind.Failing, "failing", "country")]
    [InlineData(AlertNoticeKind.Digest, "digest", "country")]
    [InlineData(AlertNoticeKind.Resolved, "resolved", "country")]
    [InlineData(AlertNoticeKind.Test, "test", null)]
    [InlineData(AlertNoticeKind.ManualChange, "manualChange", "country")]
    public void Of_EachKind_HasItsNameAndATestHasNoSubject(AlertNoticeKind kind, string named, string? name)
    {
        var key = AlertKey.Cache("country");
        var decision = Decision(new(Now, key, new(Message, kind, key, Now, TimeSpan.Zero, null, null), []));

        Assert.Equal(named, decision.GetProperty("kind").GetString());
        Assert.Equal(name, decision.GetProperty("name").GetString());
        Assert.Equal(name is null, decision.GetProperty("class").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public void Of_ManualChange_ShowsTheChangeAndTheOperator()
    {
        var notice = new AlertNotice(
            Message, AlertNoticeKind.ManualChange, AlertKey.BreakerChange, Now, TimeSpan.Zero, null, null,
            Change: new(Message, BreakerState.Closed, BreakerState.Isolated, "127.0.0.1", TimeSpan.Zero));
        var decision = Decision(new(Now, notice.Key, notice, []));

        Assert.Equal(
            ["manualChange", "redis", "manualChange", "closed", "isolated", "127.0.0.1"],
            new[] { "class", "name", "kind", "from", "to", "by" }.Select(name =>
                decision.GetProperty(name).GetString()));
        AssertNull(decision, "stage", "what", "outlook", "breaker");
    }

    [Fact]
    public void Of_Digest_SaysWhetherItIsOver()
    {
        var notice = new AlertNotice(
            Message, AlertNoticeKind.Digest, AlertKey.Cache("country"), Now, TimeSpan.Zero, Failure, null,
            new AlertSituation(AlertOutlook.Skipped, BreakerState.HalfOpen, 0, null));
        var decision = Decision(new(Now, notice.Key, notice, []));

        Assert.Equal("skipped", decision.GetProperty("outlook").GetString());
        Assert.Equal("halfOpen", decision.GetProperty("breaker").GetString());
    }

    private static AlertCooldown Hold(AlertKey key, Guid message, TimeSpan allowedIn) => new(
        key, message, allowedIn, IsOpen: false, TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(11), null,
        IsLocal: false);

    private static JsonElement Key(AlertCooldown hold) =>
        JsonDocument.Parse(Json([new(hold, null, null)], [])).RootElement.GetProperty("keys")[0];

    private static JsonElement Decision(AlertDecision decision) =>
        JsonDocument.Parse(Json([], [decision])).RootElement.GetProperty("decisions")[0];

    private static void AssertNull(JsonElement json, params string[] names) =>
        Assert.All(names, name => Assert.Equal(JsonValueKind.Null, json.GetProperty(name).ValueKind));

    private static string Json(IReadOnlyList<AlertKeyState> keys, IReadOnlyList<AlertDecision> decisions) =>
        JsonSerializer.Serialize(
            AlertOverview.Of(new(keys, decisions, ["log", "slack"], 6, "10.0.0.2:11111@155"), Now),
            JsonSerializerOptions.Web);

    private static string Joined(string lines) => string.Concat(lines.Split('\n', StringSplitOptions.TrimEntries));
}
