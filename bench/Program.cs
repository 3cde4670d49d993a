using BenchmarkDotNet.Running;
using CacheOrleans.Bench.Report;
using CacheOrleans.Bench.Stage;

switch (args)
{
    case ["table", .. var rest]:
        await TableCommand.RunAsync(BenchSettings.Parse(rest));
        break;
    case [ClientProcess.Verb, var role, var order]:
        await ClientProcess.ServeAsync(role, order);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(BenchSettings).Assembly).Run(args);
        break;
}
