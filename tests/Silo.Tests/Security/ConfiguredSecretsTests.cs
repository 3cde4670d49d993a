using CacheOrleans.Alerts;
using CacheOrleans.Silo.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Silo.Tests.Security;

public sealed class ConfiguredSecretsTests
{
    [Theory]
    [InlineData("Http:Keys:ops:Key", "a key", "a key")]
    [InlineData("ConnectionStrings:Catalog", "Host=db;Username=reader;Password=s3cret", "s3cret")]
    [InlineData("ConnectionStrings:Catalog", "Host=db;PASSWORD='a;b,c=d'", "a;b,c=d")]
    [InlineData("ConnectionStrings:Catalog", "Host=db;Pwd=s3cret", "s3cret")]
    [InlineData("ConnectionStrings:Catalog", "Host=db;PSW=s3cret", "s3cret")]
    [InlineData("ConnectionStrings:Catalog", "Host=db;SSL Password=s3cret", "s3cret")]
    [InlineData("ConnectionStrings:Other", "Data Source=x.db;Password=s3cret", "s3cret")]
    [InlineData("ConnectionStrings:Redis", "redis:6379,password=s3cret", "s3cret")]
    [InlineData("ConnectionStrings:Redis", "redis:6379,user=app, Password = a=b;c ,ssl=true", "a=b;c")]
    [InlineData("ConnectionStrings:Membership", "redis:6379,password=s3cret", "s3cret")]
    public void Read_Secret_IsFound(string setting, string value, string secret) =>
        Assert.Equal([secret], ConfiguredSecrets.Read(Configuration((setting, value))));

    [Theory]
    [InlineData("Http:Keys:ops:Key", "")]
    [InlineData("ConnectionStrings:Redis", "localhost:6379")]
    [InlineData("ConnectionStrings:Redis", "localhost:6379,password=")]
    [InlineData("ConnectionStrings:Catalog", "Host=db;Username=reader")]
    [InlineData("ConnectionStrings:Catalog", "=;\"")]
    [InlineData("ConnectionStrings:Catalog", " ")]
    public void Read_NoSecret_FindsNone(string setting, string value) =>
        Assert.Empty(ConfiguredSecrets.Read(Configuration((setting, value))));

    [Fact]
    public void AddConfiguredSecrets_Several_AreRegisteredOnce()
    {
        var services = new ServiceCollection();

        services.AddConfiguredSecrets(Configuration(
            ("Http:Keys:ops:Key", "first"),
            ("ConnectionStrings:Redis", "a:1,password=second"),
            ("ConnectionStrings:Membership", "b:1,password=second")));

        using var provider = services.BuildServiceProvider();
        Assert.Equal(["first", "second"], provider.GetServices<AlertSecret>().Select(secret => secret.Value));
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value))
            .Build();
}
