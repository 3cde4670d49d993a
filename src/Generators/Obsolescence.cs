using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Marks generated code as obsolete where it uses obsolete code.</summary>
/// <remarks>No pragma suppresses the error for using a member that is obsolete as an error: only obsolete code may use
/// it.</remarks>
internal static class Obsolescence
{
    private const string Name = "System.ObsoleteAttribute";

    /// <summary>Returns the attribute for the code generated from a member; nothing if the member is not obsolete.
    /// </summary>
    public static IEnumerable<string> Of(ISymbol member) =>
        Is(member) || Forwarding.Accessors(member).Any(Is) ? ["[global::System.Obsolete]"] : [];

    /// <summary>Returns the attribute for a type whose source names the given types; nothing if none of them is
    /// obsolete.</summary>
    public static IEnumerable<string> OfNaming(params INamedTypeSymbol[] types) =>
        types.Any(IsOrIsIn) ? ["[global::System.Obsolete]"] : [];

    private static bool IsOrIsIn(INamedTypeSymbol type) =>
        Is(type) || (type.ContainingType is { } outer && IsOrIsIn(outer));

    private static bool Is(ISymbol symbol) => symbol.Find(Name) is not null;
}
