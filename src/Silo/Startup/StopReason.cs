namespace CacheOrleans.Silo.Startup;

/// <summary>Why the host stops, as an exit code; the first to ask for a stop decides.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StopReason(IHostApplicationLifetime lifetime)
{
    private int _code = (int)ExitCode.Success;

    /// <summary>The exit code.</summary>
    public ExitCode Code => (ExitCode)Volatile.Read(ref _code);

    /// <summary>Begins a graceful stop.</summary>
    public void Request(ExitCode code)
    {
        Interlocked.CompareExchange(ref _code, (int)code, (int)ExitCode.Success);
        lifetime.StopApplication();
    }
}
