namespace CacheOrleans.Testing;

/// <summary>Finds programs that some tests need and that a developer's machine may lack.</summary>
public static class Component
{
    /// <summary>Whether a missing program fails the test instead of skipping it, as in CI.</summary>
    private static bool IsRequired => Environment.GetEnvironmentVariable("CACHEORLEANS_CI") == "1";

    /// <summary>Finds a program on the PATH or in one of the given folders, where a <c>*</c> stands for any version.
    /// Returns null when the calling test is to be skipped.</summary>
    public static string? Find(string program, params string[] folders)
    {
        var candidates = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(folders.SelectMany(Expand))
            .Select(folder => Path.Combine(folder, program));
        var path = candidates.FirstOrDefault(File.Exists);
        return path is null && IsRequired
            ? throw new InvalidOperationException($"CACHEORLEANS_CI=1, and '{program}' is not on this machine.")
            : path;
    }

    private static IEnumerable<string> Expand(string folder)
    {
        var star = folder.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [folder];
        }

        var parent = folder[..star];
        return Directory.Exists(parent)
            ? Directory.GetDirectories(parent).OrderDescending().Select(match => match + folder[(star + 1)..])
            : [];
    }
}
