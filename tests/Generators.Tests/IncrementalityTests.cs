using Microsoft.CodeAnalysis;

namespace CacheOrleans.Generators.Tests;

public sealed class IncrementalityTests
{
    private const string Source = """
        using System.Threading.Tasks;
        using CacheOrleans.Client;
        // here
        public interface IUsers
        {
            [CacheWithFallback("USER", Key = "user:{id}", TimeToLive = "00:05:00")]
            Task<string> FindAsync(int id, bool isNew);
        }
        public class Other { public int Number() => 1; }
        """;

    [Theory]
    [InlineData("=> 1", "=> 2")]
    [InlineData("// here", "// here\n\n// and lines that move all that follows")]
    public void Edit_UnrelatedCode_GeneratesNothingAgain(string before, string after)
    {
        var first = Generated.From(Source);
        var second = first.Edit(Source.Replace(before, after, StringComparison.Ordinal));

        Assert.Equal([IncrementalStepRunReason.New], Reasons(first));
        Assert.All(Reasons(second), reason => Assert.True(
            reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}"));
        Assert.All(
            second.Result.TrackedOutputSteps["SourceOutput"]
                .Where(step => step.Inputs.Any(input => input.Source.Name == CacheDecoratorGenerator.SourcesStep))
                .SelectMany(step => step.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        Assert.Equal("isNew", second.Marked(Assert.Single(second.Problems)));
    }

    [Fact]
    public void Edit_DecoratedMethod_GeneratesItAgain()
    {
        var second = Generated.From(Source).Edit(Source.Replace("int id", "long id", StringComparison.Ordinal));

        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(second));
    }

    /// <summary>Models, which are compared between runs, must not keep a compilation alive.</summary>
    [Theory]
    [InlineData(typeof(DecoratedType))]
    [InlineData(typeof(DecoratorSource))]
    [InlineData(typeof(DeclaredCache))]
    [InlineData(typeof(Problem))]
    [InlineData(typeof(SourceSpan))]
    public void Models_HoldNoSymbolsAndNoSyntax(Type model) => Assert.All(
        model.GetProperties().Where(property => property.Name != "EqualityContract"),
        property => Assert.False(
            typeof(ISymbol).IsAssignableFrom(property.PropertyType)
                || typeof(SyntaxNode).IsAssignableFrom(property.PropertyType)
                || typeof(Location).IsAssignableFrom(property.PropertyType),
            $"{property.Name} is a {property.PropertyType}"));

    private static IEnumerable<IncrementalStepRunReason> Reasons(Generated generated) =>
        generated.Result.TrackedSteps[CacheDecoratorGenerator.SourcesStep]
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason);
}
