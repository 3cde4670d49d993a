using System.Text;
using CacheOrleans.Breaker;
using CacheOrleans.Silo.Http;
using CacheOrleans.Silo.Http.Breaker;

namespace CacheOrleans.Silo.Tests.Http.Breaker;

public sealed class BreakerPatchTests
{
    [Fact]
    [Trait("Row", "B10")]
    public void Parse_EverySetting_ChangesEach()
    {
        var patch = Parse("""
            {"threshold":0,"windowSeconds":0.1,"distinctNames":100,"quorum":3,"breakSeconds":0.001,"growth":1.5,
             "maxBreakSeconds":922337203685.4775,"jitter":0.5,"permits":0,"permitSeconds":3600,"successes":1e1}
            """);

        Assert.Empty(patch.Errors);
        Assert.Equal(
            new BreakerChange
            {
                FailureThreshold = 0,
                SamplingDuration = TimeSpan.FromMilliseconds(100),
                MinimumCaches = 100,
                Quorum = 3,
                Break = TimeSpan.FromMilliseconds(1),
                BackoffMultiplier = 1.5,
                MaxBreakDuration = TimeSpan.FromSeconds(922337203685.4775),
                Jitter = 0.5,
                MaxConcurrentProbes = 0,
                ProbeTimeout = TimeSpan.FromHours(1),
                ProbesToClose = 10,
            },
            patch.Change);
    }

    [Fact]
    [Trait("Row", "B10")]
    public void Parse_OneSetting_LeavesTheOthers() =>
        Assert.Equal(new BreakerChange { Break = TimeSpan.FromSeconds(10) }, Parse("""{"breakSeconds":10}""").Change);

    [Theory]
    [InlineData("threshold", "100", "a whole number from 0 to 99; it was 100.")]
    [InlineData("threshold", "-1", "a whole number from 0 to 99; it was -1.")]
    [InlineData("threshold", "1.5", "a whole number")]
    [InlineData("threshold", "\"10\"", "it was \"10\".")]
    [InlineData("threshold", "null", "it was null.")]
    [InlineData("threshold", "true", "it was true.")]
    [InlineData("threshold", "99999999999999999999", "from 0 to 99")]
    [InlineData("windowSeconds", "0.05", "a number of seconds from 0.1 to 86400; it was 0.05.")]
    [InlineData("distinctNames", "0", "a whole number from 1 to 100")]
    [InlineData("quorum", "1001", "a whole number from 1 to 1000")]
    [InlineData("breakSeconds", "0", "a number of seconds from 0.001 to 922337203685.4775; it was 0.")]
    [InlineData("breakSeconds", "-5", "it was -5.")]
    [InlineData("breakSeconds", "1e12", "it was 1e12.")]
    [InlineData("breakSeconds", "1e400", "it was 1e400.")]
    [InlineData("breakSeconds", "\"00:00:10\"", "it was \"00:00:10\".")]
    [InlineData("growth", "0.5", "a number from 1 to 100")]
    [InlineData("maxBreakSeconds", "[]", "no less than breakSeconds; it was [].")]
    [InlineData("jitter", "0.51", "a number from 0 to 0.5")]
    [InlineData("permits", "101", "a whole number from 0 to 100")]
    [InlineData("permitSeconds", "3601", "a number of seconds from 0.1 to 3600")]
    [InlineData("successes", "{}", "a whole number from 1 to 100")]
    public void Parse_ValueASettingCannotHave_SaysWhatItMustBe(string name, string value, string said)
    {
        var error = Assert.Single(Parse($$"""{"{{name}}":{{value}}}""").Errors);

        Assert.Equal(name, error.Key);
        Assert.StartsWith($"{name} must be ", Assert.Single(error.Value), StringComparison.Ordinal);
        Assert.Contains(said, error.Value[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("thresholds")]
    [InlineData("FailureThreshold")]
    [InlineData("break")]
    [InlineData("")]
    public void Parse_UnknownSetting_NamesItAndTheKnown(string name)
    {
        var error = Assert.Single(Parse($$"""{"{{name}}":1}""").Errors);

        Assert.Equal(name, error.Key);
        Assert.Contains($"'{name}'", error.Value[0], StringComparison.Ordinal);
        Assert.Contains("threshold, windowSeconds,", error.Value[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralErrors_NamesEach() => Assert.Equal(
        ["threshold", "nope", "jitter"], Parse("""{"threshold":-1,"quorum":1,"nope":1,"jitter":9}""").Errors.Keys);

    [Theory]
    [InlineData("", "is empty, which is not JSON")]
    [InlineData("threshold=5", "not JSON at line 1")]
    [InlineData("""{"jitter":NaN}""", "not JSON at line 1")]
    [InlineData("""{"jitter":0.1""", "not JSON")]
    [InlineData("{}", "changes nothing")]
    [InlineData("null", "changes nothing")]
    [InlineData("[]", "this is not one")]
    [InlineData("5", "this is not one")]
    [InlineData("\"threshold\"", "this is not one")]
    [InlineData("""{"quorum":1,"quorum":2}""", "twice")]
    [InlineData("""{"\ud800":1}""", "this is not one")]
    public void Parse_NoObjectOfSettings_SaysWhy(string body, string why)
    {
        var problem = Assert.Throws<RequestProblemException>(() => Parse(body));

        Assert.Equal(400, problem.StatusCode);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        Assert.Contains("threshold, windowSeconds,", problem.Message, StringComparison.Ordinal);
    }

    private static BreakerPatch Parse(string body) => BreakerPatch.Parse(Encoding.UTF8.GetBytes(body));
}
