namespace CacheOrleans.Silo.Startup;

/// <summary>Runs a silo until it is asked to stop.</summary>
internal static class SiloProgram
{
    public static async Task<ExitCode> RunAsync(string[] args)
    {
        SiloHost? host = null;
        try
        {
            host = await SiloHost.CreateAsync(args);
            await host.App.StartAsync();
        }
        catch (Exception exception) when (StartFailure.Describe(exception) is { } failure)
        {
            await Console.Error.WriteLineAsync($"CacheOrleans cannot start. {failure.Message}");
            await AbandonAsync(host);
            return failure.Code;
        }

        await using (host)
        {
            Array.ForEach(Banner.Lines(host), Console.WriteLine);
            await host.App.WaitForShutdownAsync();
            return await EndAsync(host.App.Services, host.Stop, Console.Error);
        }
    }

    /// <summary>Returns the exit code of a silo that has stopped, and writes the reason if a service stopped it by
    /// failing while it ran.</summary>
    /// <exception cref="AggregateException">A service failed with an unexpected error.</exception>
    internal static async Task<ExitCode> EndAsync(IServiceProvider services, StopReason stop, TextWriter error)
    {
        var failed = services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Select(service => service.ExecuteTask?.Exception)
            .FirstOrDefault(exception => exception is not null);
        if (failed is null)
        {
            return stop.Code;
        }

        var failure = StartFailure.Describe(failed) ?? throw failed;
        await error.WriteLineAsync($"CacheOrleans has stopped. {failure.Message}");
        return failure.Code;
    }

    /// <remarks>The parts that have started are stopped in order, so that a silo that has joined leaves the
    /// cluster.</remarks>
    private static async Task AbandonAsync(SiloHost? host)
    {
        if (host is null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await host.App.StopAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
