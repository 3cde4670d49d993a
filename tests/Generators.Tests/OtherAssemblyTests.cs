using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Generators.Tests;

/// <summary>Interfaces of another assembly than the application's; no code of that assembly has run before they are
/// added.</summary>
public sealed class OtherAssemblyTests
{
    private const string Contracts = """
        using System.Threading.Tasks;
        using CacheOrleans.Client;
        namespace Contracts;
        public interface IUsers
        {
            [CacheWithFallback("USER", Key = "user:{id}", TimeToLive = "00:05:00")]
            Task<string> FindAsync(int id);
        }
        public interface INames
        {
            Task<string> NameAsync(int id);
            internal int Hidden() => 1;
            protected internal int Guarded => 1;
            int Half { get => 1; private set { } }
        }
        public interface IHalves { Task<string> HalfAsync(int id); int Half { get => 1; internal set { } } }
        """;

    private const string Application = """
        using System.Threading.Tasks;
        using CacheOrleans.Client;
        using Contracts;
        using Microsoft.Extensions.DependencyInjection;
        public sealed class Users : IUsers, INames
        {
            public Task<string> FindAsync(int id) => Task.FromResult("user");
            [CacheWithFallback("NAME", Key = "name:{id}", TimeToLive = "00:05:00")]
            public Task<string> NameAsync(int id) => Task.FromResult("name");
            public static void Add(IServiceCollection services) =>
                services.AddCached<IUsers, Users>().AddCached<INames, Users>();
        }
        """;

    [Fact]
    public async Task AddCached_InterfacesOfAnotherAssembly_FindsTheirDecorators()
    {
        var contracts = Generated.From(Contracts, "Contracts");
        var application = Generated.From(Application, "Application", contracts.Output.ToMetadataReference());
        var loaded = new AssemblyLoadContext("tested");
        var interfaces = loaded.LoadFromStream(Emit(contracts));
        var users = loaded.LoadFromStream(Emit(application)).GetType("Users")!;

        var services = new ServiceCollection();
        users.GetMethod("Add")!.Invoke(null, [services]);
        services.AddCacheOrleans();

        await using var provider = services.BuildServiceProvider();
        Assert.Equal(
            "Contracts.UsersCached",
            provider.GetRequiredService(interfaces.GetType("Contracts.IUsers")!).GetType().FullName);
        Assert.Equal(
            "Users_INamesCached",
            provider.GetRequiredService(interfaces.GetType("Contracts.INames")!).GetType().FullName);
    }

    [Fact]
    public void Method_InterfaceWithAForeignInternalAccessor_IsRefused()
    {
        var contracts = Generated.From(Contracts, "Contracts");
        var application = Generated.From(
            """
            using System.Threading.Tasks;
            using CacheOrleans.Client;
            public sealed class Halves : Contracts.IHalves
            {
                [CacheWithFallback("HALF", Key = "half:{id}", TimeToLive = "00:05:00")]
                public Task<string> HalfAsync(int id) => Task.FromResult("half");
            }
            """,
            "Application",
            contracts.Output.ToMetadataReference());

        var problem = Assert.Single(application.Problems);
        Assert.Equal("CACHE009", problem.Id);
        Assert.Contains("internal to another assembly", problem.GetMessage(null), StringComparison.Ordinal);
    }

    private static MemoryStream Emit(Generated generated)
    {
        var stream = new MemoryStream();
        Assert.Empty(generated.Output.Emit(stream, cancellationToken: TestContext.Current.CancellationToken)
            .Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error));
        stream.Position = 0;
        return stream;
    }
}
