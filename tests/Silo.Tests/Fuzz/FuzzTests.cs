using System.Diagnostics;
using System.Globalization;

namespace CacheOrleans.Silo.Tests.Fuzz;

/// <summary>Random inputs for everything that reads foreign bytes; <c>make fuzz</c> runs ten million.</summary>
public sealed class FuzzTests
{
    private const string Inputs = "50000";

    [Fact]
    public async Task Run_TheCorpusAndTheFirstSeed_EveryPromiseHolds()
    {
        var (code, output) = await RunAsync("run", "--inputs", Inputs);

        Assert.True(code == 0, output);
        Assert.Contains("| http | 50", output, StringComparison.Ordinal);
    }

    /// <remarks>Other inputs each day: what fails is printed with its input, and can be run again.</remarks>
    [Fact]
    public async Task Run_TheSeedOfTheDay_EveryPromiseHolds()
    {
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber;

        var (code, output) = await RunAsync(
            "run", "--inputs", Inputs, "--seed", day.ToString(CultureInfo.InvariantCulture));

        Assert.True(code == 0, output);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "CacheOrleans.Fuzz.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
