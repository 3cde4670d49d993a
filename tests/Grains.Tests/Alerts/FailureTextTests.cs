using System.Net;
using CacheOrleans.Alerts;
using CacheOrleans.Breaker;
using CacheOrleans.Grains.Alerts;
using CacheOrleans.Grains.Breaker;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Grains.Tests.Alerts;

public sealed class FailureTextTests
{
    private static readonly SiloAddress Silo = SiloAddress.New(IPAddress.Loopback, 11111, 7);

    [Fact]
    [Trait("Row", "A4")]
    public void Describe_Failure_StatesStageErrorAndTrace()
    {
        var evidence = Evidence(AlertStage.Fallback, Thrown("no such table"));

        var failure = Text().Describe(evidence);

        Assert.Equal(evidence.Id, failure.Id);
        Assert.Equal(AlertStage.Fallback, failure.Stage);
        Assert.Equal("The fallback failed.", failure.What);
        Assert.Equal("System.InvalidOperationException", failure.ErrorType);
        Assert.StartsWith("System.InvalidOperationException: no such table", failure.Trace, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), failure.Trace, StringComparison.Ordinal);
        Assert.Equal(Silo.ToParsableString(), failure.Silo);
        Assert.Equal(BreakerState.HalfOpen, failure.Breaker);
    }

    [Theory]
    [Trait("Row", "A4")]
    [InlineData(AlertStage.Read, "The read from Redis failed.")]
    [InlineData(AlertStage.Fallback, "The fallback failed.")]
    [InlineData(AlertStage.Store, "The write to Redis failed.")]
    [InlineData(AlertStage.Breaker, "The circuit breaker opened.")]
    public void Describe_StageWithoutException_HasItsSentence(AlertStage stage, string expected)
    {
        var failure = Text().Describe(Evidence(stage, null));

        Assert.Equal(expected, failure.What);
        Assert.Null(failure.ErrorType);
        Assert.Null(failure.Trace);
    }

    [Fact]
    [Trait("Row", "A4")]
    public void Describe_FailureOfAClientsFallback_ShowsTheClientsError()
    {
        var reported = new LeaseFailure(
            Guid.NewGuid(), "no such table", "Some.DatabaseException", "   at Some.Where()", null);

        var failure = Text().Describe(Evidence(AlertStage.Fallback, new LeaseFailedException("user", reported)));

        Assert.Equal("Some.DatabaseException", failure.ErrorType);
        Assert.Equal("Some.DatabaseException: no such table\n   at Some.Where()", failure.Trace);
    }

    [Fact]
    [Trait("Row", "A4")]
    public void Describe_LongTrace_IsCutAt500WholeCharacters()
    {
        // The emoji's two halves are the 499th and the 500th character, where the ellipsis goes.
        var type = "System.InvalidOperationException: ";
        var message = new string('x', 498 - type.Length) + "😀 and more";

        var trace = Text().Describe(Evidence(AlertStage.Read, new InvalidOperationException(message))).Trace;

        Assert.Equal(type + message[..^"😀 and more".Length] + "…", trace);
    }

    [Fact]
    public void Describe_LongTextWithSecrets_RedactsBeforeItCuts()
    {
        // If the text were cut first, the password would lose the name before it, or its end.
        var message = new string('x', 440) + " redis://app:s3cretpassword@redis Password='s3cretpassword";

        var failure = Text().Describe(Evidence(
            AlertStage.Read, new InvalidOperationException(message), "It failed with token=s3cretpassword."));

        Assert.Contains("redis://***@redis", failure.Trace, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.Trace, StringComparison.Ordinal);
        Assert.Equal("It failed with token=***", failure.What);
    }

    [Fact]
    public void Describe_SecretsAllowed_OnlyCuts()
    {
        var failure = Text(new() { Redact = false }).Describe(Evidence(
            AlertStage.Read, new InvalidOperationException("password=open " + new string('x', 600)), "token=open"));

        Assert.Contains("password=open", failure.Trace, StringComparison.Ordinal);
        Assert.Equal(FailureText.MaxLength, failure.Trace!.Length);
        Assert.Equal("token=open", failure.What);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Describe_ExceptionWithoutText_ShowsItsType(bool throws)
    {
        var failure = Text().Describe(Evidence(AlertStage.Store, new SpeechlessException(throws)));

        Assert.Equal(typeof(SpeechlessException).FullName, failure.ErrorType);
        Assert.StartsWith(typeof(SpeechlessException).FullName!, failure.Trace, StringComparison.Ordinal);
    }

    private static FailureText Text(AlertOptions? options = null) =>
        new(new([], []), Options.Create(options ?? new()), new OneSilo(), new HalfOpen());

    private static AlertEvidence Evidence(AlertStage stage, Exception? error, string? what = null) =>
        new(Guid.NewGuid(), AlertKey.Cache("user"), stage, error, what);

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    private sealed class SpeechlessException(bool throws) : Exception
    {
        public override string ToString() => throws ? throw new NotSupportedException() : null!;
    }

    private sealed class HalfOpen : IBreakerView
    {
        public BreakerView View { get; } = new(3, BreakerState.HalfOpen, false);
    }

    private sealed class OneSilo : ILocalSiloDetails
    {
        public string Name => "silo";

        public string ClusterId => "cluster";

        public string DnsHostName => "host";

        public SiloAddress SiloAddress => Silo;

        public SiloAddress GatewayAddress => Silo;
    }
}
