using System.Security.Cryptography;
using CacheOrleans.Testing;

namespace CacheOrleans.Fuzz.Engine;

/// <summary>The inputs that are kept in <c>tests/Fuzz/Corpus</c>: typical ones, and each that failed once.</summary>
internal static class Corpus
{
    /// <summary>Returns the inputs of a target in the order of their files.</summary>
    public static IReadOnlyList<byte[]> Of(string target) =>
    [
        .. Directory.CreateDirectory(Folder(target)).GetFiles()
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => File.ReadAllBytes(file.FullName)),
    ];

    /// <summary>Keeps an input.</summary>
    public static void Add(string target, byte[] input) => File.WriteAllBytes(
        Path.Combine(Folder(target), Convert.ToHexStringLower(SHA256.HashData(input))[..12]), input);

    private static string Folder(string target) =>
        Path.Combine(RepositoryRoot.Path, "tests", "Fuzz", "Corpus", target);
}
