using System.Diagnostics;
using CacheOrleans.Testing;
using CacheOrleans.Testing.Processes;

namespace CacheOrleans.EndToEnd.Processes;

/// <summary>The programs of <c>samples/FirstSteps</c> beside a silo, all on other ports than the defaults, as README
/// says.</summary>
[Collection(nameof(EmbeddedCluster))]
public sealed class FirstStepsTests(EmbeddedCluster cluster)
{
    private const string Price = "Price { Id = 42, Cents = 1999 }";
    private const string Country = "Country { Code = KR, Name = South Korea, Currency = KRW }";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task OnOtherPorts_EachProgramIsToldThem()
    {
        string[] address =
        [
            $"--ConnectionStrings:Membership={cluster.Membership}",
            "--CacheOrleans:ConnectTimeout=1m", // a busy machine takes longer than the default
        ];
        string[] values = [Price, Price, Price, Country];
        string[] first = ["asking the database for the price of 42", .. values];
        Assert.Equal(first, await RunAsync("Client", address));
        Assert.Equal(values, await RunAsync("Client", address));

        string[] own = ["Fallback: 이서연", "Memory: 이서연"];
        Assert.Equal(
            own,
            await RunAsync(
                "Silo",
                $"--ConnectionStrings:Redis={cluster.Redis}",
                $"--Orleans:SiloPort={FreePort.Next()}",
                $"--Orleans:GatewayPort={FreePort.Next()}"));
    }

    /// <summary>Runs a program to its end, and returns the lines it wrote.</summary>
    private static async Task<string[]> RunAsync(string program, params string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var name = $"CacheOrleans.FirstSteps.{program}";
        var folder = Path.Combine(output.Parent!.Parent!.FullName, name, output.Name);
        var start = new ProcessStartInfo("dotnet", [
            Path.Combine(folder, $"{name}.dll"), .. arguments, "--Logging:LogLevel:Default=None",
        ])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder, // the tests' own has the silo's settings
        };
        ShortLived.Tune(start.Environment);
        using var process = ChildProcesses.Start(start);
        var text = await process.StandardOutput.ReadToEndAsync().WaitAsync(Limit, TimeProvider.System);
        await process.WaitForExitAsync().WaitAsync(Limit, TimeProvider.System);
        Assert.True(process.ExitCode == 0, $"{name} ended with {process.ExitCode}:\n{text}");
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
