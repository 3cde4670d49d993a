using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Marks generated code as obsolete where it uses what is obsolete.</summary>
/// <remarks>No pragma silences the use of a member that is obsolete as an error: only obsolete code may use
/// it.</remarks>
internal static class Obsolescence
{
    private const string Name = "System.ObsoleteAttribute";

    /// <summary>Returns the attribute for what is generated from a member; nothing if it is not obsolete.</summary>
    public static IEnumerable<string> Of(ISymbol member) =>
        Is(member) || Reach.Accessors(member).Any(Is) ? ["[global::System.Obsolete]"] : [];

    /// <summary>Returns the attribute for a type whose source names others; nothing if none is obsolete.</summary>
    public static IEnumerable<string> OfNaming(params INamedTypeSymbol[] types) =>
        types.Any(IsOrIsIn) ? ["[global::System.Obsolete]"] : [];

    private static bool IsOrIsIn(INamedTypeSymbol type) =>
        Is(type) || (type.ContainingType is { } outer && IsOrIsIn(outer));

    private static bool Is(ISymbol symbol) => symbol.Find(Name) is not null;
}
