using CacheOrleans.Silo.Configuration;
using Microsoft.Extensions.Configuration;

namespace CacheOrleans.Silo.Tests.Configuration;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://xn--bcher-kva.example:8080", "bücher.example")]
    [InlineData("http://silo1:8080", "silo1")]
    [InlineData("http://[::1]:8080", "[::1]")]
    [InlineData("http://*:8080", "*")]
    public void Hosts_AreNamesAsRequestsHaveThem(string url, string host) =>
        Assert.Equal([host], new ListenAddresses([url]).Hosts);

    [Theory]
    [InlineData("http://localhost:8080", false)]
    [InlineData("http://127.0.0.1:8080;http://[::1]:8080", false)]
    [InlineData("http://0.0.0.0:8080", true)]
    [InlineData("http://*:8080", true)]
    [InlineData("http://+:8080", true)]
    [InlineData("http://[::]:8080", true)]
    [InlineData("http://cache.example:8080", true)]
    [InlineData("http://localhost:8080;http://10.0.0.1:8080", true)]
    public void IsExposed_ByAddress_IsTrueBeyondLoopback(string urls, bool expected) =>
        Assert.Equal(expected, Read(("urls", urls)).IsExposed);

    [Fact]
    public void Read_NothingConfigured_ListensOnLoopback() =>
        Assert.Equal([ListenAddresses.Default], Read().Urls);

    [Fact]
    public void Read_PortsOfAContainerImage_AreExposed() =>
        Assert.True(Read(("http_ports", "8080")).IsExposed);

    [Fact]
    public void Read_KestrelEndpoints_OverrideUrls() =>
        Assert.True(Read(("urls", "http://localhost:1"), ("Kestrel:Endpoints:a:Url", "http://*:2")).IsExposed);

    [Theory]
    [InlineData("urls", "localhost:8080", "--urls")]
    [InlineData("urls", "http://localhost:port", "--urls")]
    [InlineData("urls", "8080", "--urls")]
    [InlineData("Kestrel:Endpoints:api:Url", "localhost:8080", "Kestrel:Endpoints:api:Url")]
    [InlineData("http_ports", "port", "http_ports")]
    [InlineData("https_ports", "http://localhost:8080", "https_ports")]
    public void Read_InvalidAddress_NamesItAndItsSetting(string setting, string value, string name)
    {
        var exception = Assert.Throws<FormatException>(() => Read((setting, value)));

        Assert.Contains($"'{value}' in {name} is not", exception.Message, StringComparison.Ordinal);
    }

    private static ListenAddresses Read(params (string Key, string Value)[] settings) =>
        ListenAddresses.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value))
            .Build());
}
