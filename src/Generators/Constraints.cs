using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Writes the constraints of type parameters as source text.</summary>
internal static class Constraints
{
    /// <summary>Returns the full constraints, for a type.</summary>
    public static string Of(IEnumerable<ITypeParameterSymbol> types) => string.Concat(types
        .Select(type => (Name: Signatures.Name(type.Name), Parts: string.Join(", ", Parts(type))))
        .Where(type => type.Parts.Length > 0)
        .Select(type => $" where {type.Name} : {type.Parts}"));

    /// <summary>Returns the constraints that an explicit implementation must repeat, so that <c>T?</c> has the same
    /// meaning there as in the interface.</summary>
    public static string OfImplementation(IMethodSymbol method) => string.Concat(method.TypeParameters.Select(type =>
        $" where {Signatures.Name(type.Name)} : {Kind(type)}"));

    private static string Kind(ITypeParameterSymbol type) =>
        type.IsValueType ? "struct" : type.IsReferenceType ? "class" : "default";

    private static IEnumerable<string> Parts(ITypeParameterSymbol type)
    {
        if (type.HasUnmanagedTypeConstraint)
        {
            yield return "unmanaged";
        }
        else if (type.HasValueTypeConstraint)
        {
            yield return "struct";
        }
        else if (type.HasReferenceTypeConstraint)
        {
            var isNullable = type.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated;
            yield return isNullable ? "class?" : "class";
        }
        else if (type.HasNotNullConstraint)
        {
            yield return "notnull";
        }

        foreach (var bound in type.ConstraintTypes)
        {
            yield return Signatures.Of(bound);
        }

        if (type.HasConstructorConstraint && !type.IsValueType)
        {
            yield return "new()";
        }

        if (type.AllowsRefLikeType)
        {
            yield return "allows ref struct";
        }
    }
}
