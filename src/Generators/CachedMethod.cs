using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Describes how a member of an interface is cached. Used only while one type is read.</summary>
/// <param name="Member">The interface's method, which the decorator implements.</param>
/// <param name="Declared">The cache that the attribute declares; null if the attribute names a definition.</param>
/// <param name="Named">The definition that the attribute names; null if it declares a cache.</param>
/// <param name="Key">The parameters that form the key, in the key's order.</param>
/// <param name="KeyType">The type of the key as source text; empty if the key has no parameters.</param>
internal sealed record CachedMethod(
    IMethodSymbol Member, DeclaredCache? Declared, string? Named, IReadOnlyList<IParameterSymbol> Key, string KeyType)
{
    /// <summary>The type of the cached value, which is the task's result.</summary>
    public ITypeSymbol Value => ((INamedTypeSymbol)Member.ReturnType).TypeArguments[0];

    /// <summary>The caller's token, which cancels the caller's wait; it is not passed to the fallback.</summary>
    public IParameterSymbol? Token => Parameters.Token(Member);

    /// <summary>The parameters that are passed to the fallback in addition to the instance.</summary>
    public IEnumerable<IParameterSymbol> Arguments =>
        Member.Parameters.Where(parameter => !SymbolEqualityComparer.Default.Equals(parameter, Token));
}
