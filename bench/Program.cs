using BenchmarkDotNet.Running;
using CacheOrleans.Bench.Report;
using CacheOrleans.Bench.Stage;

switch (args)
{
    case ["table", .. var rest]:
        try
        {
            await TableCommand.RunAsync(BenchSettings.Parse(rest));
        }
        catch (ArgumentException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        break;
    case [ClientProcess.Verb, var role, var order]:
        await ClientProcess.ServeAsync(role, order);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(BenchSettings).Assembly).Run(args);
        break;
}

return Environment.ExitCode;
