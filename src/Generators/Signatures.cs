using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CacheOrleans.Generators;

/// <summary>Writes symbols as source text that is valid in any context.</summary>
internal static class Signatures
{
    private const string UnscopedRef = "System.Diagnostics.CodeAnalysis.UnscopedRefAttribute";

    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <remarks><c>dynamic</c> is written as <c>object</c>: a call with a dynamic argument would be bound at run time,
    /// and the binder would not find the interface's members.</remarks>
    public static string Of(ITypeSymbol type) => string.Concat(type.ToDisplayParts(Format).Select(part =>
        part.Symbol is IDynamicTypeSymbol ? "object"
        : part.Kind != SymbolDisplayPartKind.Keyword
            && part.Symbol is INamedTypeSymbol or ITypeParameterSymbol or INamespaceSymbol ? Name(part.ToString())
        : part.ToString()));

    /// <summary>Returns a type without its nullable annotation, which type arguments of a definition never have.
    /// </summary>
    public static string Plain(ITypeSymbol type) => Of(NotNull(type));

    /// <summary>Returns a type as the client returns it, <c>T?</c>.</summary>
    public static string Nullable(ITypeSymbol type) => type.IsValueType ? Of(type) : Plain(type) + "?";

    public static string Name(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None
        && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None
            ? name
            : "@" + name;

    /// <summary>Returns the type of a key: empty for no parameters, the type of one parameter, or a tuple of several.
    /// </summary>
    public static string KeyType(IEnumerable<ITypeSymbol> types)
    {
        List<string> parts = [.. types.Select(Plain)];
        return parts.Count switch
        {
            0 => string.Empty,
            1 => parts[0],
            _ => $"({string.Join(", ", parts)})",
        };
    }

    public static string Parameters(IEnumerable<IParameterSymbol> parameters) => string.Join(
        ", ",
        parameters.Select(parameter =>
            $"{Scope(parameter)}{Kind(parameter.RefKind)}{Of(parameter.Type)} {Name(parameter.Name)}"));

    public static string Arguments(IEnumerable<IParameterSymbol> parameters) => string.Join(
        ", ", parameters.Select(parameter => Passing(parameter.RefKind) + Name(parameter.Name)));

    /// <summary>Returns <c>&lt;T1, T2&gt;</c>, or nothing.</summary>
    public static string List(IEnumerable<ITypeParameterSymbol> types)
    {
        var names = string.Join(", ", types.Select(type => Name(type.Name)));
        return names.Length == 0 ? names : $"<{names}>";
    }

    /// <summary>Returns the type parameters of a type and of its containing types.</summary>
    public static IEnumerable<ITypeParameterSymbol> AllParameters(INamedTypeSymbol? type) =>
        type is null ? [] : AllParameters(type.ContainingType).Concat(type.TypeParameters);

    /// <summary>Returns the type arguments that each need their own cache of a method.</summary>
    public static IEnumerable<ITypeSymbol> TypeArguments(IMethodSymbol method)
    {
        List<ITypeSymbol> types = [];
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            types.InsertRange(0, type.TypeArguments);
        }

        return types.Concat(method.TypeParameters);
    }

    /// <summary>Whether generated code in the same assembly can access the symbol.</summary>
    public static bool IsVisible(ISymbol? symbol) => symbol is null or INamespaceSymbol
        || (symbol is not INamedTypeSymbol { IsFileLocal: true }
            && symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
                or Accessibility.ProtectedOrInternal
            && IsVisible(symbol.ContainingType));

    /// <summary>Whether other assemblies can access the type.</summary>
    public static bool IsPublic(ITypeSymbol type) => type is ITypeParameterSymbol
        || (type is IArrayTypeSymbol array && IsPublic(array.ElementType))
        || (type is INamedTypeSymbol named
            && named.DeclaredAccessibility == Accessibility.Public
            && (named.ContainingType is null || IsPublic(named.ContainingType))
            && named.TypeArguments.All(IsPublic));

    private static string Kind(RefKind kind) => kind switch
    {
        RefKind.None => string.Empty,
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        _ => "ref readonly ",
    };

    private static string Passing(RefKind kind) =>
        kind is RefKind.None or RefKind.Ref or RefKind.Out ? Kind(kind) : "in ";

    private static string Scope(IParameterSymbol parameter) =>
        parameter.Find(UnscopedRef) is not null ? $"[global::{UnscopedRef}] "
            : parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out ? "scoped "
            : string.Empty;

    private static ITypeSymbol NotNull(ITypeSymbol type) =>
        type.IsValueType ? type : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
}
