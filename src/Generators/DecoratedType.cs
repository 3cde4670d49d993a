namespace CacheOrleans.Generators;

/// <summary>What a type with cached methods comes to.</summary>
/// <remarks>Text, not symbols: it is compared after every keystroke.</remarks>
internal sealed record DecoratedType(
    EquatableArray<DecoratorSource> Sources,
    EquatableArray<Problem> Problems,
    EquatableArray<DeclaredCache> Caches);

/// <summary>A file to add to the compilation.</summary>
internal sealed record DecoratorSource(string FileName, string Text);
