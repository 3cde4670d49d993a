namespace CacheOrleans.Silo.Startup;

/// <summary>Chooses the folder in which the program looks for its settings.</summary>
internal static class AppOptions
{
    /// <summary>Returns options with the program's own folder, unless <c>--contentRoot</c> names another one.</summary>
    /// <remarks>The folder that the program is started from does not matter.</remarks>
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
