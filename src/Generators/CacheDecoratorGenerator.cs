using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators;

/// <summary>Writes a decorator for each interface with methods that are marked <c>[CacheWithFallback]</c>.</summary>
[Generator(LanguageNames.CSharp)]
internal sealed class CacheDecoratorGenerator : IIncrementalGenerator
{
    /// <summary>The step whose results decide whether a type's source is generated again.</summary>
    public const string SourcesStep = "Sources";

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var types = context.SyntaxProvider.ForAttributeWithMetadataName(
                Attributes.CacheWithFallback,
                static (_, _) => true, // accessors, operators and local functions pass too, to be reported as errors
                static (found, _) =>
                    found.TargetSymbol is IMethodSymbol method ? DecoratedTypeReader.Read(method) : null)
            .SelectMany(static (type, _) => type is null ? [] : ImmutableArray.Create(type));

        // Sources and problems are separate outputs, because the locations of problems move with every line that is
        // typed above them.
        context.RegisterSourceOutput(
            types.SelectMany(static (type, _) => type.Sources).WithTrackingName(SourcesStep),
            static (output, source) => output.AddSource(source.FileName, source.Text));
        context.RegisterSourceOutput(
            types.SelectMany(static (type, _) => type.Problems),
            static (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic()));
        context.RegisterSourceOutput(
            types.SelectMany(static (type, _) => type.Caches).Collect(),
            static (output, caches) => ReportConflicts(output, caches));
    }

    private static void ReportConflicts(SourceProductionContext output, ImmutableArray<DeclaredCache> caches)
    {
        foreach (var same in caches.GroupBy(cache => cache.Name))
        {
            foreach (var later in same.Skip(1))
            {
                var conflict = same.TakeWhile(earlier => !ReferenceEquals(earlier, later))
                    .Select(later.Conflict)
                    .FirstOrDefault(problem => problem is not null);
                if (conflict is not null)
                {
                    output.ReportDiagnostic(conflict.ToDiagnostic());
                }
            }
        }
    }
}
