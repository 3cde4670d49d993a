namespace CacheOrleans.Silo.Startup;

/// <summary>The exception for a host that cannot start for a reason that one line explains.</summary>
internal sealed class StartFailureException(ExitCode code, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public ExitCode Code { get; } = code;
}
