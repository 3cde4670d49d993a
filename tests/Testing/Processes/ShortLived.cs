namespace CacheOrleans.Testing.Processes;

public static class ShortLived
{
    /// <summary>Settings of a process that lives for seconds and shares the machine with many.</summary>
    /// <remarks>Code is not compiled twice, idle threads sleep at once, and the memory of code is mapped once: together
    /// this saves a quarter of the work.</remarks>
    public static void Tune(IDictionary<string, string?> environment)
    {
        environment["DOTNET_TC_CallCountingDelayMs"] = "EA60"; // a minute
        environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        environment["DOTNET_EnableWriteXorExecute"] = "0";
    }
}
