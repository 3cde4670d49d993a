using CacheOrleans.Silo.Http;
using Microsoft.AspNetCore.Http;
using Orleans.Runtime.Messaging;

namespace CacheOrleans.Silo.Tests.Http;

public sealed class ProblemMappingTests
{
    public static TheoryData<Exception, int> Known => new()
    {
        { new RequestProblemException(413, "too large"), 413 },
        { new BadHttpRequestException("bad", 400), 400 },
        { new CacheFallbackException("country", new InvalidOperationException("no table")), 502 },
        { new LeaseFailedException("country", new LeaseFailure(Guid.Empty, "no table", "Bad", "", null)), 502 },
        { new TimeoutException("no answer"), 503 },
        { new SiloUnavailableException("dead"), 503 },
        { new ConnectionFailedException("refused"), 503 },
        { new InvalidOperationException("secret"), 500 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void For_EachFailure_HasItsStatus(Exception exception, int statusCode) =>
        Assert.Equal(statusCode, ProblemMapping.For(exception).StatusCode);

    [Fact]
    public void For_FailedFallback_ShowsItsErrorToOperatorsOnly()
    {
        var fallback = new CacheFallbackException("country", new InvalidOperationException("no table"));

        Assert.Equal((502, "The fallback of cache 'country' failed.", "no table"), ProblemMapping.For(fallback));
    }

    [Fact]
    public void For_UnavailableSilo_ShowsItsAddressToOperatorsOnly()
    {
        var (_, detail, why) = ProblemMapping.For(new ConnectionFailedException("S127.0.0.1:1:1"));

        Assert.DoesNotContain("127.0.0.1", detail, StringComparison.Ordinal);
        Assert.Equal("S127.0.0.1:1:1", why);
    }

    [Fact]
    public void For_UnexpectedException_ShowsNothing() => Assert.DoesNotContain(
        "secret", ProblemMapping.For(new InvalidOperationException("secret")).Detail, StringComparison.Ordinal);
}
