namespace CacheOrleans.Silo.Startup;

/// <summary>Ends the process with an exit code, whatever happens in it.</summary>
internal static class LastResort
{
    /// <summary>Runs the program, and prints an unexpected error in full.</summary>
    public static async Task<ExitCode> RunAsync(Func<Task<ExitCode>> program, TextWriter error)
    {
        try
        {
            return await program();
        }
        catch (Exception exception)
        {
            // An unhandled exception would crash the process, with a signal's exit code and a core dump.
            await error.WriteLineAsync($"CacheOrleans stops because of an unexpected error. {exception}");
            return ExitCode.Unexpected;
        }
    }
}
