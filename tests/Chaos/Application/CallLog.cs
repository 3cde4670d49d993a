using System.Diagnostics;
using CacheOrleans.Chaos.Histories;

namespace CacheOrleans.Chaos.Application;

/// <summary>Writes the calls of an application to its output, a line each.</summary>
internal sealed class CallLog(TextWriter output, int client)
{
    private readonly Lock _lock = new();

    public static long Now => Stopwatch.GetTimestamp();

    public void Add(CallKind kind, int row, long version, long begin, CallOutcome outcome) =>
        Write($"{new Call(kind, client, row, version, begin, Now, outcome)}");

    /// <summary>Writes a line.</summary>
    public void Write(string line)
    {
        lock (_lock)
        {
            output.WriteLine(line);
        }
    }
}
