namespace CacheOrleans.Generators;

/// <summary>The output for a type with cached methods.</summary>
/// <remarks>Holds text, not symbols, because the compiler compares it after every keystroke.</remarks>
internal sealed record DecoratedType(
    EquatableArray<DecoratorSource> Sources,
    EquatableArray<Problem> Problems,
    EquatableArray<DeclaredCache> Caches);

/// <summary>A file to add to the compilation.</summary>
internal sealed record DecoratorSource(string FileName, string Text);
