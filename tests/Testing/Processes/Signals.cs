using System.Diagnostics;

namespace CacheOrleans.Testing.Processes;

/// <summary>Sends signals to processes.</summary>
public static class Signals
{
    /// <summary>Sends a signal, such as <c>STOP</c>, <c>CONT</c> or <c>TERM</c>.</summary>
    /// <exception cref="InvalidOperationException">The process has ended.</exception>
    public static void Send(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"SIG{signal} could not be sent to process {process.Id}.");
        }
    }
}
