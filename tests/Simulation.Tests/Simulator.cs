using System.Diagnostics;

namespace CacheOrleans.Simulation.Tests;

/// <summary>The simulator in a process of its own, because it needs a thread pool with one thread.</summary>
internal static class Simulator
{
    /// <summary>Runs the simulator.</summary>
    /// <returns>The exit code, and what it wrote.</returns>
    public static Task<(int Code, string Output)> RunAsync(string sabotage, params string[] arguments) =>
        RunAsync("CACHEORLEANS_SABOTAGE", sabotage, arguments);

    /// <summary>Runs the simulator with clients that check all their reads.</summary>
    /// <returns>The exit code, and what it wrote.</returns>
    public static Task<(int Code, string Output)> RunCheckedAsync(params string[] arguments) =>
        RunAsync("CACHEORLEANS_CHECKS", "1", arguments);

    private static async Task<(int Code, string Output)> RunAsync(string variable, string value, string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "CacheOrleans.Simulation.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
