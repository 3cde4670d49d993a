using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Marks generated code as obsolete where it uses what is obsolete.</summary>
/// <remarks>No pragma silences an obsolete member that is an error; only code that is obsolete itself may use
/// it.</remarks>
internal static class Obsolescence
{
    private const string Name = "System.ObsoleteAttribute";

    /// <summary>Returns the attribute for what is generated of a member; nothing where the member is in use.</summary>
    public static IEnumerable<string> Of(ISymbol member) =>
        Is(member) || Reach.Accessors(member).Any(Is) ? ["[global::System.Obsolete]"] : [];

    /// <summary>Returns the attribute for a type whose source names others; nothing where all are in use.</summary>
    public static IEnumerable<string> OfNaming(params INamedTypeSymbol[] types) =>
        types.Any(IsOrIsIn) ? ["[global::System.Obsolete]"] : [];

    private static bool IsOrIsIn(INamedTypeSymbol type) =>
        Is(type) || (type.ContainingType is { } outer && IsOrIsIn(outer));

    private static bool Is(ISymbol symbol) => symbol.Find(Name) is not null;
}
