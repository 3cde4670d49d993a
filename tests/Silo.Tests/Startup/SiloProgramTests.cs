using CacheOrleans.Silo.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.Silo.Tests.Startup;

public sealed class SiloProgramTests
{
    [Fact]
    public async Task EndAsync_AfterAServiceFailedForAReasonToMend_SaysItAndHasItsExitCode()
    {
        var (code, said) = await EndAsync(new InvalidOperationException("Another cluster has the keys."));

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Equal("CacheOrleans has stopped. Configuration: Another cluster has the keys.", said);
    }

    [Fact]
    public async Task EndAsync_AfterAnUnforeseenFailureOfAService_Throws() =>
        await Assert.ThrowsAsync<AggregateException>(() => EndAsync(new NotSupportedException("no such thing")));

    [Fact]
    public async Task EndAsync_WhenNoServiceFailed_HasTheCodeOfTheStop()
    {
        var (code, said) = await EndAsync(failure: null);

        Assert.Equal(ExitCode.LostFromMembership, code);
        Assert.Empty(said);
    }

    private static async Task<(ExitCode Code, string Said)> EndAsync(Exception? failure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddHostedService(_ => new EndingService(failure)).AddSingleton<StopReason>();
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var stop = host.Services.GetRequiredService<StopReason>();
        if (failure is null)
        {
            stop.Request(ExitCode.LostFromMembership);
        }

        await host.WaitForShutdownAsync(TestContext.Current.CancellationToken);
        using var error = new StringWriter();
        return (await SiloProgram.EndAsync(host.Services, stop, error), error.ToString().Trim());
    }

    private sealed class EndingService(Exception? failure) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            failure is null ? Task.CompletedTask : Task.FromException(failure);
    }
}
