using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Finds pointers in signatures, which only unsafe code may name.</summary>
internal static class Pointers
{
    /// <summary>Whether a member's signature contains pointers.</summary>
    public static bool AreIn(ISymbol member) => member switch
    {
        IMethodSymbol method => AreIn(method.ReturnType) || method.Parameters.Any(parameter => AreIn(parameter.Type)),
        IPropertySymbol property =>
            AreIn(property.Type) || property.Parameters.Any(parameter => AreIn(parameter.Type)),
        IEventSymbol @event => AreIn(@event.Type),
        _ => false,
    };

    /// <summary>Whether a type is a pointer or contains one, such as <c>int*[]</c> or <c>List&lt;int*[]&gt;</c>.
    /// </summary>
    public static bool AreIn(ITypeSymbol type) => type switch
    {
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => true,
        IArrayTypeSymbol array => AreIn(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(AreIn)
            || (named.ContainingType is { } outer && AreIn(outer)),
        _ => false,
    };
}
