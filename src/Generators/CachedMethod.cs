using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>How a member of an interface is cached. Lives within one reading of a type.</summary>
/// <param name="Member">The interface's method, which the decorator implements.</param>
/// <param name="Declared">The cache that the attribute declares; null where it names a definition.</param>
/// <param name="Held">The definition that the attribute names.</param>
/// <param name="Key">The parameters that are the key, in its order.</param>
/// <param name="KeyType">The type of the key as source; empty where there is none.</param>
internal sealed record CachedMethod(
    IMethodSymbol Member, DeclaredCache? Declared, string? Held, IReadOnlyList<IParameterSymbol> Key, string KeyType)
{
    /// <summary>The type of the cached value, which the task brings.</summary>
    public ITypeSymbol Value => ((INamedTypeSymbol)Member.ReturnType).TypeArguments[0];

    /// <summary>The caller's token, which gives up waiting; it is no argument of the fallback.</summary>
    public IParameterSymbol? Token => Parameters.Token(Member);

    /// <summary>What the fallback is given beside the instance.</summary>
    public IEnumerable<IParameterSymbol> Arguments =>
        Member.Parameters.Where(parameter => !SymbolEqualityComparer.Default.Equals(parameter, Token));
}
