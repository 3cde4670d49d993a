namespace CacheOrleans.Silo.Startup;

/// <summary>The reason for which the host stops, as an exit code; the first request for a stop decides.</summary>
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
