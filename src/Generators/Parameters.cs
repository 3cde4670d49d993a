using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Decides the role of a method's parameters in its key.</summary>
internal static class Parameters
{
    public static IParameterSymbol? Token(IMethodSymbol method) =>
        method.Parameters.FirstOrDefault(parameter => IsToken(parameter.Type));

    /// <summary>Returns the parameters that belong to the key: all except the token and those marked as not in the key.
    /// </summary>
    public static IEnumerable<IParameterSymbol> OfKey(IMethodSymbol method) => method.Parameters.Where(parameter =>
        !IsToken(parameter.Type) && parameter.Find(Attributes.NotInKey) is null);

    /// <summary>Whether a parameter fills a name of the key.</summary>
    public static bool Fills(this IParameterSymbol parameter, string name) =>
        parameter.MappedName() is { } mapped
            ? mapped == name
            : string.Equals(Plain(parameter.Name), Plain(name), StringComparison.OrdinalIgnoreCase);

    public static string? MappedName(this IParameterSymbol parameter) =>
        parameter.Find(Attributes.KeyParameter)?.ConstructorArguments[0].Value as string;

    /// <summary>Returns why values of a type cannot be in a key, or null.</summary>
    public static string? CheckKeyType(ITypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || type is { IsValueType: false, NullableAnnotation: NullableAnnotation.Annotated } ? "it may be null"
        : type is ITypeParameterSymbol { IsValueType: false } ? "it is a type parameter that is not a struct"
        : type.TypeKind == TypeKind.Enum || HasText(type) ? null
        : "it is neither text, nor IFormattable, nor IConvertible";

    private static bool HasText(ITypeSymbol type)
    {
        var bounds = type is ITypeParameterSymbol parameter
            ? parameter.ConstraintTypes.SelectMany(constraint => constraint.AllInterfaces.Prepend(constraint))
            : type.AllInterfaces.Prepend(type);
        return bounds.Any(bound => bound.ToDisplayString() is "System.IFormattable" or "System.IConvertible");
    }

    private static bool IsToken(ITypeSymbol type) => type.ToDisplayString() == "System.Threading.CancellationToken";

    private static string Plain(string name) => name.Replace("_", string.Empty);

    private static IEnumerable<ITypeSymbol> Prepend(this IEnumerable<INamedTypeSymbol> types, ITypeSymbol first) =>
        new[] { first }.Concat(types);
}
