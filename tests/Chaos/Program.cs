using System.CommandLine;
using System.Globalization;
using CacheOrleans.Chaos;
using CacheOrleans.Chaos.Application;
using CacheOrleans.Chaos.Cluster;
using CacheOrleans.Chaos.Scenarios;
using CacheOrleans.Testing;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Eventually.Pause = TimeSpan.FromMilliseconds(50); // each look is a request to another, busy process
Option<int> seed = new("--seed") { DefaultValueFactory = _ => 1, Description = "the choices of a run" };
Option<bool> write = new("--write") { Description = "write the figures to docs/reliability.md" };
Option<string[]> names = new("--scenario") { AllowMultipleArgumentsPerToken = true, Description = "only these" };
names.AcceptOnlyFromAmong([.. AllScenarios.List.Select(scenario => scenario.Name)]);
Option<int> seconds = new("--seconds") { DefaultValueFactory = _ => 15, Description = "how long a fault lasts" };
Option<int> minutes = new("--minutes") { DefaultValueFactory = _ => 60, Description = "how long the mix lasts" };
Argument<int> number = new("number");
Argument<int> applicationSeed = new("seed");
Argument<string> database = new("database");

Command run = new("run", "Runs the scenarios one after the other.") { names, seed, seconds, write };
run.SetAction(parsed => RunAllAsync(
    [.. AllScenarios.List.Where(one => parsed.GetValue(names) is not [_, ..] only || only.Contains(one.Name))],
    parsed.GetValue(seed),
    TimeSpan.FromSeconds(parsed.GetValue(seconds)),
    parsed.GetValue(write)));
Command soak = new("soak", "Runs a random mix of scenarios on one cluster.") { minutes, seed, write };
soak.SetAction(parsed => RunAllAsync(
    [Mix.AtRandom(TimeSpan.FromMinutes(parsed.GetValue(minutes)), Console.Out)],
    parsed.GetValue(seed),
    TimeSpan.FromSeconds(15),
    parsed.GetValue(write)));
Command application = new("application", "An application of a run.") { number, applicationSeed, database };
application.SetAction(parsed => ApplicationHost.RunAsync(
    parsed.GetValue(number), parsed.GetValue(applicationSeed), parsed.GetValue(database)!));
return await new RootCommand("Faults of real processes, and what the cache promises about them.")
{
    run, soak, application,
}.Parse(args).InvokeAsync();

static async Task<int> RunAllAsync(IReadOnlyList<Scenario> scenarios, int seed, TimeSpan length, bool isWritten)
{
    var broken = 0;
    Console.WriteLine(ReliabilityPage.Header);
    foreach (var scenario in scenarios)
    {
        try
        {
            var figures = await ChaosRunner.RunAsync(scenario, seed, length);
            var row = ReliabilityPage.RowOf(scenario, figures);
            Console.WriteLine(row);
            if (isWritten)
            {
                ReliabilityPage.Write(scenario.Name, row);
            }

            broken += figures.Broken.Count;
            foreach (var promise in figures.Broken)
            {
                Console.WriteLine($"BROKEN in {scenario.Name}, seed {seed}: {promise}");
            }
        }
        catch (NotOnThisMachineException exception)
        {
            Console.WriteLine($"{scenario.Name} is left out. {exception.Message}");
        }
        catch (Exception exception) // the other scenarios run nevertheless
        {
            broken++;
            Console.WriteLine($"BROKEN in {scenario.Name}, seed {seed}: {exception}");
        }
    }

    return broken == 0 ? 0 : 1;
}
