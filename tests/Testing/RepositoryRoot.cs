namespace CacheOrleans.Testing;

/// <summary>The folder of the repository that the tests were built in.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "CacheOrleans.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No CacheOrleans.sln above the tests.");
        }

        return folder.FullName;
    }
}
