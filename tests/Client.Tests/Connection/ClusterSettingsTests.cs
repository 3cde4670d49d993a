using CacheOrleans.Client.Connection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CacheOrleans.Client.Tests.Connection;

public sealed class ClusterSettingsTests
{
    [Theory]
    [InlineData("Orleans:ClustrId", "shop", "Orleans:ClustrId is not a setting; did you mean Orleans:ClusterId?")]
    [InlineData("Orleans:Tls:Certificat", "x.pem", "did you mean Orleans:Tls:Certificate?")]
    public void Read_UnknownName_SuggestsTheNearest(string name, string value, string message)
    {
        var error = Assert.Throws<FormatException>(() => ClusterSettings.Read(Configuration((name, value))));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddCacheOrleansClusterClient_UnknownName_SuggestsTheNearest()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["Orleans:ServiceID2"] = "shop";

        var error = Assert.Throws<FormatException>(() => builder.AddCacheOrleansClusterClient());

        Assert.Contains("did you mean Orleans:ServiceId?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ssl=true")]
    [InlineData("host:6379,bogus=1")]
    public void Read_InvalidMembership_NamesTheSetting(string membership)
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => ClusterSettings.Read(Configuration(("ConnectionStrings:Membership", membership))));

        Assert.StartsWith("ConnectionStrings:Membership", error.Message, StringComparison.Ordinal);
    }

    /// <remarks>An application and a silo may share one file.</remarks>
    [Fact]
    public void Read_SettingsOfSilosAndOrleans_IgnoresThem()
    {
        var settings = ClusterSettings.Read(Configuration(
            ("Orleans:ClusterId", "shop"), ("Orleans:SiloPort", "11111"), ("Orleans:Dashboard:Port", "1")));

        Assert.Equal("shop", settings.ClusterId);
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)))
            .Build();
}
