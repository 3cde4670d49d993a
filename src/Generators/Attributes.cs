using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>The attributes that the generator understands.</summary>
internal static class Attributes
{
    public const string CacheWithFallback = "CacheOrleans.Client.CacheWithFallbackAttribute";
    public const string KeyParameter = "CacheOrleans.Client.KeyParameterAttribute";
    public const string NotInKey = "CacheOrleans.Client.NotInKeyAttribute";

    public static AttributeData? Find(this ISymbol symbol, string attribute) =>
        symbol.GetAttributes().FirstOrDefault(data => data.AttributeClass?.ToDisplayString() == attribute);

    /// <summary>Returns the value of a named argument, or null if there is none.</summary>
    public static object? Argument(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
