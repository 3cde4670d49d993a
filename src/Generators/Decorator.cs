using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>A decorator to write. Lives within one reading of a type.</summary>
/// <param name="Target">The interface.</param>
/// <param name="Implementation">The class whose methods are marked; null where those of the interface are.</param>
/// <param name="Cached">The cached methods.</param>
internal sealed record Decorator(
    INamedTypeSymbol Target, INamedTypeSymbol? Implementation, IReadOnlyList<CachedMethod> Cached)
{
    /// <summary>The type with the marked methods, whose type parameters are the decorator's.</summary>
    public INamedTypeSymbol Owner => Implementation ?? Target;

    /// <summary>What it implements.</summary>
    public IEnumerable<ISymbol> Members => DecoratorMembers.Of(Target, Owner.ContainingAssembly);

    public IEnumerable<ITypeParameterSymbol> TypeParameters => Signatures.AllParameters(Owner);

    public string Accessibility =>
        Signatures.IsPublic(Target) && Signatures.IsPublic(Owner) ? "public" : "internal";

    /// <summary><c>UsersCached</c> of an interface <c>IUsers</c>, <c>Users_IUsersCached</c> of a class.</summary>
    public string Name => Implementation is null
        ? $"{Path(Target, WithoutI(Target.Name))}Cached"
        : $"{Path(Implementation, Implementation.Name)}_{Path(Target, Target.Name)}Cached";

    /// <summary>A type's name after those of the types around it.</summary>
    public static string Path(INamedTypeSymbol type, string name) => type.ContainingType is { } outer
        ? $"{Path(outer, outer.Name)}_{name}"
        : name;

    private static string WithoutI(string name) =>
        name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name.Substring(1) : name;
}
