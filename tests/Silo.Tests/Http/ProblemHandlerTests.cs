using CacheOrleans.Silo.Http;
using CacheOrleans.Silo.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CacheOrleans.Silo.Tests.Http;

public sealed class ProblemHandlerTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<ProblemHandler> _logger = new();
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddAuthorization(options => options.AddPolicy(HttpAccess.Operate, policy => policy.RequireRole("operate")))
        .AddProblemDetails()
        .BuildServiceProvider();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task FailedRequests_AreLoggedOncePerStatus_AndThenCounted()
    {
        using var handler = new ProblemHandler(_services.GetRequiredService<IAuthorizationService>(), _time, _logger);
        for (var request = 0; request < 100; request++)
        {
            Assert.Equal(503, await AnswerAsync(handler, new TimeoutException("no answer")));
            Assert.Equal(502, await AnswerAsync(
                handler, new CacheFallbackException("country", new InvalidOperationException("no table"))));
        }

        Assert.Equal(2, _logger.Collector.Count);
        _time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromSeconds(1));
        await AnswerAsync(handler, new TimeoutException("no answer"));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(4, _logger.Collector.Count); // no further request is needed
        var unserved = Assert.Single(
            _logger.Collector.GetSnapshot().Skip(2).Select(record => record.Message),
            line => line.StartsWith("GET /api/caches/country/entry was answered with 503: ", StringComparison.Ordinal));
        Assert.EndsWith(" Such responses since the last message like this: 100.", unserved, StringComparison.Ordinal);
    }

    private async Task<int> AnswerAsync(ProblemHandler handler, Exception exception)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = _services,
            Request = { Method = "GET", Path = "/api/caches/country/entry" },
            Response = { Body = new MemoryStream() },
        };
        Assert.True(await handler.TryHandleAsync(context, exception, TestContext.Current.CancellationToken));
        return context.Response.StatusCode;
    }
}
