namespace CacheOrleans.Silo.Startup;

/// <summary>Ends the process with an exit code whatever happens in it.</summary>
internal static class LastResort
{
    /// <summary>Runs the program; an error nobody foresaw is printed in full.</summary>
    public static async Task<ExitCode> RunAsync(Func<Task<ExitCode>> program, TextWriter error)
    {
        try
        {
            return await program();
        }
        catch (Exception exception)
        {
            // Unhandled, it would end the process as a crash does, with a signal's code and a core dump.
            await error.WriteLineAsync($"CacheOrleans ends: an error nobody foresaw. {exception}");
            return ExitCode.Unexpected;
        }
    }
}
