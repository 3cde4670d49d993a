using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CacheOrleans.Generators;

/// <summary>Where something stands in the source, without the syntax, which would keep a compilation alive.</summary>
internal sealed record Place(string Path, TextSpan Span, LinePositionSpan Lines)
{
    /// <summary>The first place in this compilation's source; null for what comes from an assembly.</summary>
    public static Place? Of(ISymbol symbol) => Of(symbol.Locations.FirstOrDefault());

    /// <summary>The place of an attribute, or of what it stands on.</summary>
    public static Place? Of(AttributeData attribute, ISymbol bearer) =>
        attribute.ApplicationSyntaxReference is { } syntax
            ? Of(Location.Create(syntax.SyntaxTree, syntax.Span))
            : Of(bearer);

    public Location ToLocation() => Location.Create(Path, Span, Lines);

    private static Place? Of(Location? location) => location is { IsInSource: true }
        ? new(location.SourceTree!.FilePath, location.SourceSpan, location.GetLineSpan().Span)
        : null;
}
