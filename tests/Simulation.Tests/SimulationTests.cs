using System.Globalization;

namespace CacheOrleans.Simulation.Tests;

/// <summary>Histories of the real client and the real silo on virtual time.</summary>
public sealed class SimulationTests
{
    /// <summary>Seeds whose histories failed once, each with the fault that it found.</summary>
    public static TheoryData<int, string> Mended => new()
    {
        { 4, "a wait of less than a millisecond was no wait, and took the processor until its end" },
        { 1943, "a frozen silo carried out a set, which had been repeated elsewhere, when it continued" },
    };

    [Fact]
    public async Task Run_TheFirstSeeds_EveryPromiseHolds()
    {
        var (code, output) = await Simulator.RunAsync("None", "run", "1", "400");

        Assert.True(code == 0, output);
        Assert.Contains("400 histories, 0 failed", output, StringComparison.Ordinal);
    }

    /// <remarks>Other seeds each day: what fails is printed with its seed, and can be replayed.</remarks>
    [Fact]
    public async Task Run_SeedsOfTheDay_EveryPromiseHolds()
    {
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber;
        var first = (day * 1000).ToString(CultureInfo.InvariantCulture);

        var (code, output) = await Simulator.RunAsync("None", "run", first, "1000", "15");

        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Work_TheSameSeedsTwice_TheSameHistories()
    {
        var runs = await Task.WhenAll(
            Simulator.RunAsync("None", "work", "1", "1", "100", "3600"),
            Simulator.RunAsync("None", "work", "1", "1", "100", "3600"));

        Assert.Contains("@result 100 0 ", runs[0].Output, StringComparison.Ordinal);
        Assert.Equal(runs[0], runs[1]);
    }

    [Theory]
    [MemberData(nameof(Mended))]
    public async Task Replay_ASeedThatFailedOnce_EveryPromiseHolds(int seed, string fault)
    {
        var (code, output) = await Simulator.RunAsync(
            "None", "replay", seed.ToString(CultureInfo.InvariantCulture));

        Assert.True(code == 0, $"{fault}: {output}");
    }

    [Theory]
    [InlineData("LoseNotifications")]
    [InlineData("ForgetRemoves")]
    public async Task Run_SomethingIsBroken_AHistoryFailsAndIsToldInShort(string sabotage)
    {
        var (code, output) = await Simulator.RunAsync(sabotage, "run", "1", "300");

        Assert.Equal(1, code);
        Assert.Contains("The shortest history of seed ", output, StringComparison.Ordinal);
        Assert.Contains("VIOLATION: ", output, StringComparison.Ordinal);
    }
}
