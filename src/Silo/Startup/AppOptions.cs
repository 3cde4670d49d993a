namespace CacheOrleans.Silo.Startup;

/// <summary>Where the program looks for its settings.</summary>
internal static class AppOptions
{
    /// <summary>Beside the program, wherever it is started from, unless <c>--contentRoot</c> names a folder.</summary>
    /// <exception cref="StartFailureException">There is no such folder.</exception>
    public static WebApplicationOptions Read(string[] args)
    {
        var given = new ConfigurationBuilder().AddEnvironmentVariables("DOTNET_").AddCommandLine(args).Build();
        var root = Path.GetFullPath(given["contentRoot"] ?? AppContext.BaseDirectory);
        return Directory.Exists(root)
            ? new() { Args = args, ContentRootPath = root }
            : throw new StartFailureException(ExitCode.Configuration, $"--contentRoot: there is no folder '{root}'.");
    }
}
