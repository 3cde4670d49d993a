using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CacheOrleans.Generators.Tests;

/// <summary>What the generator makes of a source, and what the compiler says to both.</summary>
internal sealed class Generated
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    /// <summary>What is obsolete in the interface, or has attributes about null, which are not repeated.</summary>
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

    /// <summary>The source and what was generated.</summary>
    public Compilation Output { get; }

    /// <summary>What the generator reported.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; }

    /// <summary>What the compiler has to say to the source and what was generated.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; }

    public GeneratorRunResult Result => _driver.GetRunResult().Results[0];

    /// <summary>The files, each below its name.</summary>
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

    /// <summary>Compiles a program with statements outside of types, and what it is written against.</summary>
    public static Generated FromProgram(string source, string context) =>
        From(CSharpCompilation.Create(
            "Tested",
            [Parse(source), Parse(context)],
            References,
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)));

    /// <summary>Runs the same generator after the source was changed.</summary>
    public Generated Edit(string source) =>
        new(_compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees[0], Parse(source)), _driver);

    /// <summary>Where a diagnostic points to, as the text there.</summary>
    public string Marked(Diagnostic diagnostic)
    {
        Assert.Equal("Source.cs", diagnostic.Location.GetLineSpan().Path);
        var text = _compilation.SyntaxTrees[0].GetText();
        Assert.Equal(
            text.Lines.GetLinePositionSpan(diagnostic.Location.SourceSpan), diagnostic.Location.GetLineSpan().Span);
        return text.ToString(diagnostic.Location.SourceSpan);
    }

    /// <summary>The same with only those warnings silenced that the generator cannot avoid.</summary>
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

    // The tested source says nothing about itself; what is generated has to.
    private static bool IsSource(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath == "Source.cs";

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Parsing, "Source.cs");
}
