namespace CacheOrleans.Generators.Tests;

/// <summary>Each diagnostic, and its location.</summary>
public sealed class DiagnosticTests
{
    private const string Attribute = """CacheWithFallback("USER", Key = "user:{id}", TimeToLive = "00:05:00")""";

    private const string U = """CacheWithFallback("U", Key = "u:{id}", TimeToLive = """;
    private const string ByField = "CacheWithFallback(typeof(Caches), ";
    private const string Life = "\", TimeToLive = \"00:05:00\")";

    [Theory]
    [InlineData("CACHE001", U + "\"00:05:00\")", "Task<int> Find()", null)]
    [InlineData("CACHE002", Attribute, "Task<int> Find(int id, string language)", "language")]
    [InlineData("CACHE002", """CacheWithFallback("U", TimeToLive = "00:05:00")""", "Task<int> Find(int id)", "id")]
    [InlineData("CACHE003", Attribute, "int Find(int id)", "Find")]
    [InlineData("CACHE003", Attribute, "Task Find(int id)", "Find")]
    [InlineData("CACHE005", """CacheWithFallback("U", Key = "u:{id}")""", "Task<int> Find(int id)", null)]
    [InlineData("CACHE005", U + "\"300\")", "Task<int> Find(int id)", null)]
    [InlineData("CACHE005", U + "\"24:00:00\")", "Task<int> Find(int id)", null)]
    [InlineData("CACHE005", U + "\"soon\")", "Task<int> Find(int id)", null)]
    [InlineData("CACHE005", U + "\"00:00:00\")", "Task<int> Find(int id)", null)]
    [InlineData("CACHE005", U + "\"-00:01:00\")", "Task<int> Find(int id)", null)]
    [InlineData("CACHE006", """CacheWithFallback("a b", Key = "u:{id}""" + Life, "Task<int> Find(int id)", null)]
    [InlineData("CACHE006", """CacheWithFallback("U", Key = "u:{id""" + Life, "Task<int> Find()", null)]
    [InlineData("CACHE006", """CacheWithFallback("U", Key = "u:{id}{x}""" + Life, "Task<int> Find()", null)]
    [InlineData("CACHE006", """CacheWithFallback("U", Key = "{version}""" + Life, "Task<int> Find()", null)]
    [InlineData("CACHE007", Attribute, "Task<int> Find(object id)", "id")]
    [InlineData("CACHE007", Attribute, "Task<int> Find(int? id)", "id")]
    [InlineData("CACHE007", Attribute, "Task<int> Find(string? id)", "id")]
    [InlineData("CACHE007", Attribute, "Task<int> Find<T>(T id)", "id")]
    [InlineData("CACHE008", Attribute, "Task<int> Find(ref int id)", "id")]
    [InlineData("CACHE008", Attribute, "Task<int> Find(int id, [NotInKey] System.Span<int> all)", "all")]
    [InlineData("CACHE008", Attribute, "Task<int> Find<T>(int id, [NotInKey] T x) where T : allows ref struct", "x")]
    [InlineData("CACHE008", Attribute, "Task<int> Find(int id, [NotInKey] params System.ReadOnlySpan<int> all)", "all")]
    [InlineData("CACHE008", Attribute, "unsafe Task<int> Find(int id, [NotInKey] int* all)", "all")]
    [InlineData("CACHE009", Attribute, "static Task<int> Find(int id) => Task.FromResult(id)", "Find")]
    [InlineData("CACHE010", ByField + "\"None\")", "Task<int> Find(int id)", null)]
    [InlineData("CACHE010", ByField + "\"Text\")", "Task<int> Find(int id)", null)]
    [InlineData("CACHE010", ByField + "\"Users\")", "Task<int> Find(int id)", null)]
    [InlineData("CACHE010", ByField + "\"Users\")", "Task<string> Find(long id)", null)]
    [InlineData("CACHE010", ByField + "\"Hidden\")", "Task<string> Find(int id)", null)]
    [InlineData("CACHE010", ByField + "\"Users\")", "Task<string> Find<T>(int id)", null)]
    [InlineData("CACHE010", ByField + "\"Users\", Version = 2)", "Task<string> Find(int id)", null)]
    [InlineData("CACHE011", U + "\"00:05:00\", Version = 0)", "Task<int> Find(int id)", null)]
    [InlineData("CACHE012", Attribute, "Task<int> Find(int id, [KeyParameter(\"id\")] int other)", null)]
    [InlineData("CACHE012", Attribute, "Task<int> Find(int id, [KeyParameter(\"of\")] int other)", "other")]
    public void Method_InvalidDeclaration_IsReported(string id, string attribute, string method, string? marked)
    {
        var generated = Generated.From($$"""
            #nullable enable
            using System.Threading.Tasks;
            using CacheOrleans.Client;
            using CacheOrleans.Definitions;
            public static class Caches
            {
                public static readonly string Text = "";
                public static readonly CacheDefinition<int, string> Users =
                    new("u", "u:{id}", System.TimeSpan.FromDays(1));
                private static readonly CacheDefinition<int, string> Hidden = Users;
            }
            public interface IUsers
            {
                [{{attribute}}]
                {{method}};
            }
            """);

        var problem = Assert.Single(generated.Problems);
        Assert.Equal(id, problem.Id);
        Assert.Equal(marked ?? attribute, generated.Marked(problem));
        Assert.Equal(id == "CACHE002", generated.Result.GeneratedSources.Length == 1);
    }

    [Theory]
    [InlineData("public class Users { [A] public Task<int> Find(int id) => null!; }")]
    [InlineData("public class Users : IUsers { [A] public static Task<int> Find(int id) => null!; }")]
    [InlineData("public class Users<T> : IFinder { [A] public Task<int> Find(int id) => null!; }")]
    [InlineData("public class Users : IOf<int>, IOf<string> { [A] public Task<int> Find(int id) => null!; }")]
    [InlineData("public class Users { private interface INested { [A] Task<int> Find(int id); } }")]
    [InlineData("public interface IOther { [A] Task<int> Find(int id); static abstract int Count { get; } }")]
    [InlineData("public interface IOther { [A] Task<int> Find(int id); protected int Count(); }")]
    [InlineData("public interface IOther { [A] Task<int> Find(int id); int Count { get; protected set; } }")]
    [InlineData("public interface IOther { [A] Task<int> Find(int id); void operator +=(int id); }")]
    [InlineData("public interface IOther<T> where T : IOther<T> { [A] Task<int> Find(int id); "
        + "static abstract T operator +(T left, T right); }")]
    [InlineData("public interface IOther<T> where T : IOther<T> { [A] Task<int> Find(int id); "
        + "static abstract implicit operator int(T one); }")]
    [InlineData("public interface IOther { [A] Task<int> Find(int id); static abstract event System.Action E; }")]
    [InlineData("public interface IOther { [A] Task<int> Find(int id); void Count(__arglist); }")]
    [InlineData("public interface IOther { [A] sealed Task<int> Find(int id) => null!; }")]
    [InlineData("public interface IOther { [A] private Task<int> Find(int id) => null!; }")]
    [InlineData("public interface IOther : IFinder { [A] Task<int> IFinder.Find(int id) => null!; }")]
    [InlineData("file interface IOther { [A] Task<int> Find(int id); }")]
    public void Method_WithoutAnInterfaceToDecorate_IsRefused(string type)
    {
        var generated = Generated.From($$"""
            using System.Threading.Tasks;
            using CacheOrleans.Client;
            public interface IUsers;
            public interface IFinder { Task<int> Find(int id); }
            public interface IOf<T> { Task<int> Find(int id); }
            {{type.Replace("[A]", $"[{Attribute}]", StringComparison.Ordinal)}}
            """);

        var problem = Assert.Single(generated.Problems);
        Assert.Equal("CACHE009", problem.Id);
        Assert.Equal("Find", generated.Marked(problem));
        Assert.Empty(generated.Result.GeneratedSources);
    }

    [Theory]
    [InlineData("public interface IOther { int Count { [A] get; } [A] Task<int> Find(int id); }", "get")]
    [InlineData("public interface IOther { int Count { [A] get; } Task<int> Find(int id); }", "get")]
    [InlineData("public interface IOther { [A] Task<int> Find(int id); int Count { get; [A] set; } }", "set")]
    [InlineData("public class Users : IFinder { public event System.Action E { [A] add { } remove { } } "
        + "[A] public Task<int> Find(int id) => null!; }", "add")]
    [InlineData("public interface IOther { [method: A] event System.Action E; [A] Task<int> Find(int id); }", "E")]
    [InlineData("public class Users : IFinder { [A] public static Users operator +(Users left, int id) => left; "
        + "[A] public Task<int> Find(int id) => null!; }", "+")]
    [InlineData("public class Users : IFinder { public Task<int> Find(int id) { return Local(id); "
        + "[A] Task<int> Local(int id) => null!; } }", "Local")]
    [InlineData("public class Users : IFinder { public Task<int> Find(int id) => (([A] (int id) => "
        + "Task.FromResult(id)))(id); }", "[CacheWithFallback")]
    public void Attribute_NotOnAMethodOfAType_IsRefused(string type, string marked)
    {
        var generated = Generated.From($$"""
            using System.Threading.Tasks;
            using CacheOrleans.Client;
            public interface IFinder { Task<int> Find(int id); }
            {{type.Replace("A]", $"{Attribute}]", StringComparison.Ordinal)}}
            """);

        Assert.All(generated.Problems, problem => Assert.Equal("CACHE009", problem.Id));
        Assert.StartsWith(
            marked, Assert.Single(generated.Problems.Select(generated.Marked).Distinct()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""Key = "users:{id}", TimeToLive = "00:05:00" """, "int", "key")]
    [InlineData("""Key = "user:{id}", TimeToLive = "00:06:00" """, "int", "time to live")]
    [InlineData("""Key = "user:{id}", TimeToLive = "00:05:00" """, "long", "type of values")]
    public void Cache_DeclaredTwiceWithDifferentSettings_IsRefused(string settings, string value, string what)
    {
        var again = $"CacheWithFallback(\"USER\", {settings.Trim()})";
        var generated = Generated.From($$"""
            using System.Threading.Tasks;
            using CacheOrleans.Client;
            public interface IUsers
            {
                [{{Attribute}}]
                Task<int> Find(int id);
            }
            public interface IOthers
            {
                [{{again}}]
                Task<{{value}}> Find(int id);
            }
            """);

        var problem = Assert.Single(generated.Problems);
        Assert.Equal("CACHE004", problem.Id);
        Assert.Equal(again, generated.Marked(problem));
        Assert.Contains($"another {what}:", problem.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void Cache_DeclaredTwiceAlike_IsNoProblem()
    {
        var generated = Generated.From($$"""
            using System.Threading.Tasks;
            using CacheOrleans.Client;
            public interface IUsers
            {
                [{{Attribute}}]
                Task<int> Find(int id);
                [{{Attribute.Replace(")", ", Version = 2)", StringComparison.Ordinal)}}]
                ValueTask<string> FindMore(int id, [NotInKey] object log);
            }
            """);

        Assert.Empty(generated.Problems);
        Assert.Empty(generated.Warnings);
    }
}
