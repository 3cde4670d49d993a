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
        { new SiloUnavailableException("dead"), 503 },
        { new ConnectionFailedException("refused"), 503 },
        { new InvalidOperationException("secret"), 500 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void For_EachFailure_HasItsStatus(Exception exception, int statusCode) =>
        Assert.Equal(statusCode, ProblemMapping.For(exception).StatusCode);

    [Fact]
    public void For_Fallback_TellsItsError() => Assert.Contains(
        "no table",
        ProblemMapping.For(new CacheFallbackException("country", new InvalidOperationException("no table"))).Detail,
        StringComparison.Ordinal);

    [Fact]
    public void For_Unforeseen_TellsNothing() => Assert.DoesNotContain(
        "secret", ProblemMapping.For(new InvalidOperationException("secret")).Detail, StringComparison.Ordinal);
}
