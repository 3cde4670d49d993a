using CacheOrleans.Chaos.Cluster;
using CacheOrleans.Chaos.Scenarios;

namespace CacheOrleans.EndToEnd.Chaos;

/// <summary>Some scenarios of <c>make chaos</c>, with short faults and on one cluster.</summary>
/// <remarks>A machine that runs all tests at once may make a silo so late that a value is loaded without it, so here
/// that is no failure.</remarks>
public sealed class ChaosTests
{
    [Fact]
    public async Task SiloIsKilledAndRedisRestartsEmpty_NoPromiseIsBroken()
    {
        var scenario = Mix.Of("redis-empty", "kill");
        try
        {
            var figures = await ChaosRunner.RunAsync(scenario, seed: 1, TimeSpan.FromSeconds(4));

            TestContext.Current.TestOutputHelper?.WriteLine(figures.Cells);
            Assert.True(
                figures is { FailedReads: 0, StaleStrict: 0, StaleCopies: 0, StaleOwn: 0, Lost: 0 },
                string.Join('\n', figures.Broken));
        }
        catch (NotOnThisMachineException exception)
        {
            Assert.Skip(exception.Message);
        }
    }
}
