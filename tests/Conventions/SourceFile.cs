namespace CacheOrleans.Conventions;

/// <summary>A source file: its path from the repository's root, with '/', and its lines.</summary>
internal sealed record SourceFile(string Path, string[] Lines)
{
    /// <summary>The file's name without its extension, and without the type parameters of
    /// <c>Cache{TKey,T}.cs</c>.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path).Split('{')[0];

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>Every line, with the path and line number that precede it in a message.</summary>
    public IEnumerable<(string Where, string Text)> Numbered =>
        Lines.Select((line, index) => ($"{Path}:{index + 1}", line));
}
