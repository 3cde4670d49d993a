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
            {"failureThreshold":1,"samplingDurationSeconds":0.1,"minimumCaches":100,"quorum":3,
             "breakDurationSeconds":0.001,"backoffMultiplier":1.5,"maxBreakDurationSeconds":922337203685.4775,
             "jitter":0.5,"maxConcurrentProbes":0,"probeTimeoutSeconds":3600,"probesToClose":1e1}
            """);

        Assert.Empty(patch.Errors);
        Assert.Equal(
            new BreakerChange
            {
                FailureThreshold = 1,
                SamplingDuration = TimeSpan.FromMilliseconds(100),
                MinimumCaches = 100,
                Quorum = 3,
                BreakDuration = TimeSpan.FromMilliseconds(1),
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
    public void Parse_OneSetting_KeepsTheOthers() =>
        Assert.Equal(
            new BreakerChange { BreakDuration = TimeSpan.FromSeconds(10) },
            Parse("""{"breakDurationSeconds":10}""").Change);

    [Theory]
    [InlineData("failureThreshold", "101", "a whole number from 1 to 100; it was 101.")]
    [InlineData("failureThreshold", "-1", "a whole number from 1 to 100; it was -1.")]
    [InlineData("failureThreshold", "1.5", "a whole number")]
    [InlineData("failureThreshold", "\"10\"", "it was \"10\".")]
    [InlineData("failureThreshold", "null", "it was null.")]
    [InlineData("failureThreshold", "true", "it was true.")]
    [InlineData("failureThreshold", "99999999999999999999", "from 1 to 100")]
    [InlineData("samplingDurationSeconds", "0.05", "a number of seconds from 0.1 to 86400; it was 0.05.")]
    [InlineData("minimumCaches", "0", "a whole number from 1 to 100")]
    [InlineData("quorum", "1001", "a whole number from 1 to 1000")]
    [InlineData("breakDurationSeconds", "0", "a number of seconds from 0.001 to 922337203685.4775; it was 0.")]
    [InlineData("breakDurationSeconds", "-5", "it was -5.")]
    [InlineData("breakDurationSeconds", "1e12", "it was 1e12.")]
    [InlineData("breakDurationSeconds", "1e400", "it was 1e400.")]
    [InlineData("breakDurationSeconds", "\"00:00:10\"", "it was \"00:00:10\".")]
    [InlineData("backoffMultiplier", "0.5", "a number from 1 to 100")]
    [InlineData("maxBreakDurationSeconds", "[]", "no less than breakDurationSeconds; it was [].")]
    [InlineData("jitter", "0.51", "a number from 0 to 0.5")]
    [InlineData("maxConcurrentProbes", "101", "a whole number from 0 to 100")]
    [InlineData("probeTimeoutSeconds", "3601", "a number of seconds from 0.1 to 3600")]
    [InlineData("probesToClose", "{}", "a whole number from 1 to 100")]
    public void Parse_InvalidValue_SaysWhatItMustBe(string name, string value, string said)
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
    public void Parse_UnknownSetting_NamesItAndTheKnownSettings(string name)
    {
        var error = Assert.Single(Parse($$"""{"{{name}}":1}""").Errors);

        Assert.Equal(name, error.Key);
        Assert.Contains($"'{name}'", error.Value[0], StringComparison.Ordinal);
        Assert.Contains("failureThreshold, samplingDurationSeconds,", error.Value[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralErrors_NamesEach() => Assert.Equal(
        ["failureThreshold", "nope", "jitter"],
        Parse("""{"failureThreshold":-1,"quorum":1,"nope":1,"jitter":9}""").Errors.Keys);

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
    public void Parse_NotAnObject_SaysWhy(string body, string why)
    {
        var problem = Assert.Throws<RequestProblemException>(() => Parse(body));

        Assert.Equal(400, problem.StatusCode);
        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        Assert.Contains("failureThreshold, samplingDurationSeconds,", problem.Message, StringComparison.Ordinal);
    }

    private static BreakerPatch Parse(string body) => BreakerPatch.Parse(Encoding.UTF8.GetBytes(body));
}
