using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>A diagnostic in the generator's pipeline: it is compared by value, and converted to a diagnostic only at
/// the end.</summary>
internal sealed record Problem(string Id, SourceSpan? Span, EquatableArray<string> Arguments)
{
    public static Problem At(DiagnosticDescriptor rule, SourceSpan? span, params string[] arguments) =>
        new(rule.Id, span, new(arguments));

    public bool IsError => Rules.Of(Id).DefaultSeverity == DiagnosticSeverity.Error;

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Rules.Of(Id), Span?.ToLocation() ?? Location.None, [.. Arguments]);
}
