using System.Collections.Concurrent;
using System.Diagnostics;

namespace CacheOrleans.Fuzz.Engine;

/// <summary>Ends the process if an input takes too long, because nothing can end a loop in another thread.</summary>
internal sealed class Watch : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<byte[], long> _running = new(ReferenceEqualityComparer.Instance);
    private readonly string _target;
    private readonly TextWriter _output;
    private readonly ITimer _timer;

    public Watch(string target, TextWriter output)
    {
        (_target, _output) = (target, output);
        _timer = TimeProvider.System.CreateTimer(_ => Look(), null, Limit / 10, Limit / 10);
    }

    public void Begin(byte[] input) => _running[input] = Stopwatch.GetTimestamp();

    public void End(byte[] input) => _running.TryRemove(input, out _);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        foreach (var (input, since) in _running)
        {
            if (Stopwatch.GetElapsedTime(since) > Limit)
            {
                _output.WriteLine(Report.Of(_target, input, $"It does not end within {Limit.TotalSeconds} s."));
                Environment.Exit(3);
            }
        }
    }
}
