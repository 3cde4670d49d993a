using System.Globalization;
using CacheOrleans.Fuzz;

var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
var only = options.GetValueOrDefault("--only", string.Empty);
switch (args.FirstOrDefault())
{
    case "run":
        var fuzzer = new Fuzzer(Console.Out, (int)Number("--seed", 1))
        {
            EndsWithFirst = options.ContainsKey("--first"),
            Keeps = options.ContainsKey("--keep"),
        };
        return await fuzzer.RunAsync(Number("--inputs", 10_000_000), only) ? 0 : 1;
    case "replay" when options.TryGetValue("--input", out var input):
        var run = await Fuzzer.ReplayAsync(only, Convert.FromHexString(input));
        Console.WriteLine(run.Failure?.ToString() ?? run.Outcome);
        return run.Failure is null ? 0 : 1;
    default:
        Console.Error.WriteLine(
            "run [--inputs N] [--seed N] [--only TARGET] [--first 1] [--keep 1] | replay --only TARGET --input HEX");
        return 2;
}

long Number(string name, long otherwise) =>
    options.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;
