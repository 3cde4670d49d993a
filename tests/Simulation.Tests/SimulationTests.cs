using System.Globalization;

namespace CacheOrleans.Simulation.Tests;

/// <summary>Histories of the real client and the real silo on virtual time.</summary>
public sealed class SimulationTests
{
    [Fact]
    public async Task Run_TheFirstSeeds_EveryPromiseHolds()
    {
        var (code, output) = await Simulator.RunAsync("None", "run", "1", "200");

        Assert.True(code == 0, output);
        Assert.Contains("200 histories, 0 failed", output, StringComparison.Ordinal);
    }

    /// <remarks>Other seeds each day: what fails is printed with its seed, and can be replayed.</remarks>
    [Fact]
    public async Task Run_SeedsOfTheDay_EveryPromiseHolds()
    {
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber;
        var first = (day * 1000).ToString(CultureInfo.InvariantCulture);

        var (code, output) = await Simulator.RunAsync("None", "run", first, "1000", "5");

        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Work_TheSameSeedsTwice_TheSameHistories()
    {
        var runs = await Task.WhenAll(
            Simulator.RunAsync("None", "work", "1", "1", "50", "3600"),
            Simulator.RunAsync("None", "work", "1", "1", "50", "3600"));

        Assert.Contains("@result 50 0 ", runs[0].Output, StringComparison.Ordinal);
        Assert.Equal(runs[0], runs[1]);
    }

    /// <remarks>Some messages are lost, so some copies are stale, as promised. A read that kept every promise and is
    /// counted as stale would be a violation.</remarks>
    [Fact]
    public async Task Work_ClientsCheckTheirReads_OnlyStaleReadsAreCounted()
    {
        var (code, output) = await Simulator.RunCheckedAsync("work", "1", "1", "300", "3600");

        Assert.True(code == 0, output);
        Assert.Matches("Checked = [1-9][0-9]{3}, Stale = [1-9]", output);
    }

    [Theory]
    [InlineData("LoseNotifications", "1")]
    [InlineData("ForgetRemoves", "100")]
    public async Task Run_SomethingIsBroken_AHistoryFailsAndIsToldInShort(string sabotage, string firstSeed)
    {
        var (code, output) = await Simulator.RunAsync(sabotage, "work", firstSeed, "1", "60", "3600");

        Assert.Equal(1, code);
        Assert.Contains("The shortest history of seed ", output, StringComparison.Ordinal);
        Assert.Contains("VIOLATION: ", output, StringComparison.Ordinal);
    }
}
