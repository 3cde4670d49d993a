using System.Collections.Concurrent;
using System.Diagnostics;

namespace CacheOrleans.Testing.Processes;

/// <summary>Ensures that no process outlives the tests, even if a test failed before it could dispose of
/// one.</summary>
public static class ChildProcesses
{
    private static readonly ConcurrentBag<Process> Started = [];

    static ChildProcesses() => AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();

    public static Process Start(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        Started.Add(process);
        return process;
    }

    private static void KillAll()
    {
        foreach (var process in Started)
        {
            try
            {
                process.Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException)
            {
                // It has ended, or a test has disposed of it.
            }
        }
    }
}
