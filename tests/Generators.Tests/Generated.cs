using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CacheOrleans.Generators.Tests;

/// <summary>The output of the generator for a source, and the compiler's diagnostics for both.</summary>
internal sealed class Generated
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    /// <summary>Warnings about obsolete members and null attributes of the interface, which are not repeated.</summary>
    private const string Unavoidable = "CS0612, CS0618, CS8766, CS8767, CS8768, CS8769, CS8770";

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly CSharpCompilation _compilation;
    private readonly GeneratorDriver _driver;

    private Generated(CSharpCompilation compilation, GeneratorDriver driver)
    {
        _compilation = compilation;
        _driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var problems);
        Output = output;
        Problems = problems;
        Warnings =
        [
            .. output.GetDiagnostics().Where(IsOfInterest),
            .. Strict(output).GetDiagnostics().Where(found =>
                IsOfInterest(found) && !IsSource(found) && found.Id.StartsWith("CS", StringComparison.Ordinal)),
        ];
    }

    /// <summary>The source and the generated code.</summary>
    public Compilation Output { get; }

    /// <summary>The diagnostics of the generator.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; }

    /// <summary>The compiler's warnings for the source and the generated code.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; }

    public GeneratorRunResult Result => _driver.GetRunResult().Results[0];

    /// <summary>The generated files, each below its name.</summary>
    public string Text => string.Join("\n", Result.GeneratedSources
        .OrderBy(source => source.HintName, StringComparer.Ordinal)
        .Select(source => $"// {source.HintName}\n{source.SourceText}"));

    public static Generated From(
        string source, string assembly = "Tested", params ReadOnlySpan<MetadataReference> others) =>
        From(CSharpCompilation.Create(
            assembly,
            [Parse(source)],
            [.. References, .. others],
            new(
                OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable)));

    /// <summary>Compiles a program with top-level statements, and the types that it uses.</summary>
    public static Generated FromProgram(string source, string context) =>
        From(CSharpCompilation.Create(
            "Tested",
            [Parse(source), Parse(context)],
            References,
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)));

    /// <summary>Runs the same generator after the source was changed.</summary>
    public Generated Edit(string source) =>
        new(_compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees[0], Parse(source)), _driver);

    /// <summary>Returns the text at the location of a diagnostic.</summary>
    public string Marked(Diagnostic diagnostic)
    {
        Assert.Equal("Source.cs", diagnostic.Location.GetLineSpan().Path);
        var text = _compilation.SyntaxTrees[0].GetText();
        Assert.Equal(
            text.Lines.GetLinePositionSpan(diagnostic.Location.SourceSpan), diagnostic.Location.GetLineSpan().Span);
        return text.ToString(diagnostic.Location.SourceSpan);
    }

    /// <summary>Returns the same code with only those warnings suppressed that the generator cannot avoid.</summary>
    private static Compilation Strict(Compilation output) => output.SyntaxTrees
        .Where(tree => tree.FilePath != "Source.cs")
        .Aggregate(output, (compilation, tree) => compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(
            tree.ToString().Replace(
                "#pragma warning disable\n", $"#pragma warning disable {Unavoidable}\n", StringComparison.Ordinal),
            Parsing,
            tree.FilePath)));

    private static bool IsOfInterest(Diagnostic found) =>
        found.Severity >= DiagnosticSeverity.Warning && !(found.Id == "CS1591" && IsSource(found));

    private static Generated From(CSharpCompilation compilation) => new(compilation, CSharpGeneratorDriver.Create(
        [new CacheDecoratorGenerator().AsSourceGenerator()],
        parseOptions: Parsing,
        driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)));

    // The tested source has no documentation comments; the generated code must have them.
    private static bool IsSource(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath == "Source.cs";

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Parsing, "Source.cs");
}
