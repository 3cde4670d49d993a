using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>A decorator to generate. Used only while one type is read.</summary>
/// <param name="Target">The interface.</param>
/// <param name="Implementation">The class whose methods are marked; null if those of the interface are marked.</param>
/// <param name="Cached">The cached methods.</param>
internal sealed record Decorator(
    INamedTypeSymbol Target, INamedTypeSymbol? Implementation, IReadOnlyList<CachedMethod> Cached)
{
    /// <summary>The type with the marked methods; its type parameters are also those of the decorator.</summary>
    public INamedTypeSymbol Owner => Implementation ?? Target;

    /// <summary>The members that the decorator implements.</summary>
    public IEnumerable<ISymbol> Members => DecoratorMembers.Of(Target, Owner.ContainingAssembly);

    public IEnumerable<ITypeParameterSymbol> TypeParameters => Signatures.AllParameters(Owner);

    public string Accessibility =>
        Signatures.IsPublic(Target) && Signatures.IsPublic(Owner) ? "public" : "internal";

    /// <summary>The decorator's name: <c>UsersCached</c> for an interface <c>IUsers</c>, <c>Users_IUsersCached</c> for
    /// a class.</summary>
    public string Name => Implementation is null
        ? $"{Path(Target, WithoutI(Target.Name))}Cached"
        : $"{Path(Implementation, Implementation.Name)}_{Path(Target, Target.Name)}Cached";

    /// <summary>Returns a type's name, prefixed with the names of its containing types.</summary>
    public static string Path(INamedTypeSymbol type, string name) => type.ContainingType is { } outer
        ? $"{Path(outer, outer.Name)}_{name}"
        : name;

    private static string WithoutI(string name) =>
        name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name.Substring(1) : name;
}
