using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CacheOrleans.Generators;

/// <summary>A location in the source. It does not reference the syntax, which would keep a compilation alive.</summary>
internal sealed record SourceSpan(string Path, TextSpan Span, LinePositionSpan Lines)
{
    /// <summary>Returns a symbol's first location in this compilation's source; null for a symbol of a referenced
    /// assembly.</summary>
    public static SourceSpan? Of(ISymbol symbol) => Of(symbol.Locations.FirstOrDefault());

    /// <summary>Returns the location of an attribute, or of the symbol that has the attribute.</summary>
    public static SourceSpan? Of(AttributeData attribute, ISymbol symbolWithAttribute) =>
        attribute.ApplicationSyntaxReference is { } syntax
            ? Of(Location.Create(syntax.SyntaxTree, syntax.Span))
            : Of(symbolWithAttribute);

    public Location ToLocation() => Location.Create(Path, Span, Lines);

    private static SourceSpan? Of(Location? location) => location is { IsInSource: true }
        ? new(location.SourceTree!.FilePath, location.SourceSpan, location.GetLineSpan().Span)
        : null;
}
