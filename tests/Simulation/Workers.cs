using System.Diagnostics;
using System.Globalization;

namespace CacheOrleans.Simulation;

/// <summary>Runs histories in as many processes as there are processors, because each process has one thread.</summary>
internal sealed class Workers(long first, long count, TimeSpan limit)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _shownAt;
    private long _done;
    private long _failed;
    private long _calls;
    private ulong _digest;

    /// <summary>Runs all histories.</summary>
    /// <returns>Whether every promise held.</returns>
    public bool Run()
    {
        var processes = Math.Min(Environment.ProcessorCount, (int)Math.Max(1, count / 100));
        var workers = Enumerable.Range(0, processes).Select(number => Start(number, processes)).ToList();
        var areWell = true;
        foreach (var worker in workers)
        {
            worker.WaitForExit();
            areWell &= worker.ExitCode == 0;
            worker.Dispose();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_done} histories, {_failed} failed, {_calls} calls, digest {_digest:x16}, {Rate:0} histories a second"));
        return areWell && _failed == 0;
    }

    private double Rate => _done / Stopwatch.GetElapsedTime(_start).TotalSeconds;

    private Process Start(int number, int processes)
    {
        var worker = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet")
            {
                RedirectStandardOutput = true,
                ArgumentList =
                {
                    typeof(Workers).Assembly.Location,
                    "work",
                    (first + number).ToString(CultureInfo.InvariantCulture),
                    processes.ToString(CultureInfo.InvariantCulture),
                    ((count + processes - 1 - number) / processes).ToString(CultureInfo.InvariantCulture),
                    limit.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                },
            },
        };
        worker.OutputDataReceived += (_, line) => OnLine(line.Data);
        worker.Start();
        worker.BeginOutputReadLine();
        return worker;
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            if (line.StartsWith(Marks.Progress, StringComparison.Ordinal))
            {
                _done += long.Parse(line.AsSpan(Marks.Progress.Length), CultureInfo.InvariantCulture);
                ShowProgress();
            }
            else if (line.StartsWith(Marks.Result, StringComparison.Ordinal))
            {
                Add(line[Marks.Result.Length..].Split(' '));
            }
            else
            {
                Console.WriteLine(line);
            }
        }
    }

    private void Add(string[] result)
    {
        var done = long.Parse(result[0], CultureInfo.InvariantCulture);
        _done += done % Runner.Progress;
        _failed += long.Parse(result[1], CultureInfo.InvariantCulture);
        _calls += long.Parse(result[2], CultureInfo.InvariantCulture);
        _digest ^= ulong.Parse(result[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private void ShowProgress()
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        if (elapsed >= _shownAt + Period)
        {
            _shownAt = elapsed;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{_done} of {count} histories, {Rate:0} a second"));
        }
    }
}
