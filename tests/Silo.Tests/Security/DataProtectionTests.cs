using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Silo.Tests.Security;

/// <summary>Data protection would write a key into the home folder of each silo, and warn about it in a container.
/// </summary>
public sealed class DataProtectionTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public void Host_EncryptsNothingForBrowsers_HasNoDataProtection() =>
        Assert.Null(fixture.Host.App.Services.GetService<IDataProtectionProvider>());
}
