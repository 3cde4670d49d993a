using System.Net;
using CacheOrleans.Silo.Clustering;
using CacheOrleans.Silo.Configuration;
using Orleans.Configuration;

namespace CacheOrleans.Silo.Tests.Clustering;

public sealed class SiloEndpointsTests
{
    private static readonly IPAddress Host = IPAddress.Parse("10.1.2.3");

    [Theory]
    [InlineData(null, "127.0.0.1:6391", "127.0.0.1")]
    [InlineData(null, "localhost", "127.0.0.1")]
    [InlineData(null, "membership:6379", "10.1.2.3")]
    [InlineData(null, "localhost:1,membership:6379", "10.1.2.3")]
    [InlineData("192.168.0.7", "localhost", "192.168.0.7")]
    [InlineData(" ", "localhost", "127.0.0.1")]
    public void ChooseAddress_DependsOnTheMembership(string? configured, string membership, string expected) =>
        Assert.Equal(
            IPAddress.Parse(expected), SiloEndpoints.ChooseAddress(configured, membership, () => Host));

    [Fact]
    public void ChooseAddress_NoAddress_NamesTheSetting()
    {
        var exception = Assert.Throws<FormatException>(
            () => SiloEndpoints.ChooseAddress("silo1", "localhost", () => Host));

        Assert.Contains("Orleans:AdvertisedAddress", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.1 ::1 fe80::1")]
    [InlineData("2001:db8::1", "127.0.0.1 fe80::1 2001:db8::1")]
    [InlineData("10.1.2.3", "2001:db8::1 10.1.2.3")]
    public void HostAddress_IsReachableFromOtherMachines(string expected, string addresses) => Assert.Equal(
        IPAddress.Parse(expected), SiloEndpoints.HostAddress(addresses.Split(' ').Select(IPAddress.Parse)));

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("10.1.2.3", "0.0.0.0")]
    [InlineData("2001:db8::1", "::")]
    public void Apply_ListensBeyondLoopback_OnlyWhereReachable(string address, string expected)
    {
        var options = new EndpointOptions();

        new SiloEndpoints(IPAddress.Parse(address), 11111, 30000).Apply(options);

        Assert.Equal(new IPEndPoint(IPAddress.Parse(expected), 11111), options.SiloListeningEndpoint);
        Assert.Equal(new IPEndPoint(IPAddress.Parse(expected), 30000), options.GatewayListeningEndpoint);
    }

    [Fact]
    public void Choose_NothingConfigured_TakesTwoFreePorts()
    {
        var endpoints = SiloEndpoints.Choose(new OrleansSettings(), "localhost");

        Assert.NotEqual(0, endpoints.SiloPort);
        Assert.NotEqual(0, endpoints.GatewayPort);
        Assert.NotEqual(endpoints.SiloPort, endpoints.GatewayPort);
    }

    [Fact]
    public void Choose_PortsConfigured_TakesThem()
    {
        var settings = new OrleansSettings { SiloPort = 11111, GatewayPort = 30000 };

        Assert.Equal(new(IPAddress.Loopback, 11111, 30000), SiloEndpoints.Choose(settings, "localhost"));
    }
}
