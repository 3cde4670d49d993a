using System.Text.RegularExpressions;
using CacheOrleans.Testing;
using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators.Tests;

/// <summary>The C# snippets of the documents compile with the usings that they show.</summary>
public sealed partial class DocumentTests
{
    /// <summary>The types that the snippets use, and the usings that every project has implicitly.</summary>
    private const string Context = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        public sealed class Builder
        {
            public Microsoft.Extensions.DependencyInjection.IServiceCollection Services { get; } = null!;
        }
        public sealed record User(int Id, string Name);
        public sealed record City(string Name);
        public static class CityContext
        {
            public static CityContextDefault Default { get; } = new();
        }
        public sealed class CityContextDefault
        {
            public System.Text.Json.JsonSerializerOptions Options { get; } = new();
        }
        public interface IRepository<T>
        {
            [CacheOrleans.Client.CacheWithFallback("ENTITY", Key = "{id}", TimeToLive = "00:05:00")]
            ValueTask<T?> FindAsync(int id);
        }
        public sealed class UserRepository : IRepository<User>
        {
            public ValueTask<User?> FindAsync(int id) => default;
        }
        """;

    private const string Users = """
        public sealed class Users : IUsers
        {
            public ValueTask<User?> FindAsync(int userId, CancellationToken cancellationToken = default) => default;
            public Task SaveAsync(User user) => Task.CompletedTask;
        }
        """;

    private const string UsersInterface = "public interface IUsers { }";

    /// <summary>The variables that the text around the snippets names.</summary>
    private const string Variables = """
        Builder builder = null!;
        var services = builder.Services;
        CacheOrleans.Client.ICacheClient cache = null!;
        CacheOrleans.Definitions.CacheDefinition<int, User> users = null!;
        User user = null!;
        """;

    public static TheoryData<string, int> Snippets =>
    [
        .. Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "docs"), "*.md")
            .Order(StringComparer.Ordinal)
            .SelectMany(path => Enumerable.Range(0, Blocks(Path.GetFileName(path)).Count)
                .Select(number => (Path.GetFileName(path), number))),
    ];

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Snippet_WithItsUsings_Compiles(string document, int number)
    {
        var snippet = Blocks(document)[number];
        var code = snippet.IndexOf("\n\n", StringComparison.Ordinal);
        Assert.StartsWith("using ", snippet, StringComparison.Ordinal);

        var others = snippet.Contains("interface IUsers", StringComparison.Ordinal) ? Users : UsersInterface + Users;
        var generated = Generated.FromProgram(
            $"{snippet[..code]}\n{Variables}{snippet[code..]}", $"{Context}\n{others}");

        Assert.Empty(generated.Problems);
        Assert.Empty(generated.Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(found => found.Severity == DiagnosticSeverity.Error));
    }

    private static List<string> Blocks(string document) =>
    [
        .. CSharpBlock().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", document)))
            .Select(match => match.Groups["code"].Value.ReplaceLineEndings("\n")),
    ];

    [GeneratedRegex("^```csharp\\r?\\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
