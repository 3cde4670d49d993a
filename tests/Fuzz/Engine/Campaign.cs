using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace CacheOrleans.Fuzz.Engine;

/// <summary>Runs inputs through one target, after those of its corpus.</summary>
/// <param name="target">The target.</param>
/// <param name="output">Receives the failures.</param>
/// <param name="seed">Which inputs are made: the same seed makes the same, on every machine.</param>
/// <param name="ends">Whether it ends with the first failure.</param>
internal sealed class Campaign(ITarget target, TextWriter output, int seed, bool ends)
{
    private const int Lanes = 32;
    private const int MaxReports = 5;

    private readonly IReadOnlyList<byte[]> _corpus = Corpus.Of(target.Name);
    private readonly ConcurrentDictionary<string, byte[]> _outcomes = [];
    private readonly ConcurrentDictionary<string, byte> _failures = [];
    private HashSet<string> _known = [];
    private long _inputs;
    private long _failed;

    /// <summary>The inputs whose outcome none of the corpus has.</summary>
    public IEnumerable<(string Outcome, byte[] Input)> New =>
        _outcomes.Where(outcome => !_known.Contains(outcome.Key)).Select(outcome => (outcome.Key, outcome.Value));

    private bool IsOver => ends && Interlocked.Read(ref _failed) > 0;

    /// <summary>Runs the corpus and further inputs.</summary>
    /// <returns>Whether every promise held.</returns>
    public async Task<bool> RunAsync(long inputs)
    {
        var start = Stopwatch.GetTimestamp();
        using var watch = new Watch(target.Name, output);
        foreach (var input in _corpus)
        {
            _outcomes.TryAdd(await RunAsync(input, watch), input);
        }

        _known = [.. _outcomes.Keys];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Lanes),
            new ParallelOptions { MaxDegreeOfParallelism = target.Concurrency },
            async (number, _) =>
            {
                var lane = new Lane(target, _corpus, SeedOf(number));
                for (var left = (inputs + Lanes - 1 - number) / Lanes; left > 0 && !IsOver; left--)
                {
                    var input = lane.Next();
                    var outcome = await RunAsync(input, watch);
                    if (lane.Learn(input, outcome))
                    {
                        _outcomes.TryAdd(outcome, input);
                    }
                }
            });
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"| {target.Name} | {_inputs:N0} | {_inputs / Stopwatch.GetElapsedTime(start).TotalSeconds:N0} | "
            + $"{_outcomes.Count} | {_failed} |"));
        return _failed == 0;
    }

    private int SeedOf(int lane) => unchecked((seed * 1_000_003) + lane);

    private async ValueTask<string> RunAsync(byte[] input, Watch watch)
    {
        watch.Begin(input);
        var run = await Run.OfAsync(target, input);
        watch.End(input);
        var number = Interlocked.Increment(ref _inputs);
        if (run.Failure is { } failure)
        {
            Interlocked.Increment(ref _failed);
            await TellAsync(input, number, run.Outcome, failure);
        }

        return run.Outcome;
    }

    /// <summary>Writes the first failure of each kind, with the shortest input.</summary>
    private async Task TellAsync(byte[] input, long number, string kind, Exception failure)
    {
        if (_failures.Count >= MaxReports || !_failures.TryAdd(kind, 0))
        {
            return;
        }

        var shortest = await Shrinker.ShrinkAsync(
            input, async shorter => (await Run.OfAsync(target, shorter)) is { Failure: not null } run
                && run.Outcome == kind);
        var told = (await Run.OfAsync(target, shortest)).Failure ?? failure;
        var text = told is BrokenPromiseException ? told.Message : told.ToString();
        await output.WriteLineAsync(Report.Of(target.Name, shortest, $"(seed {seed}, input {number}) {text}"));
    }
}
