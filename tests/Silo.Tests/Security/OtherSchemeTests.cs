using System.Security.Claims;
using System.Text.Encodings.Web;
using CacheOrleans.Silo.Configuration;
using CacheOrleans.Silo.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CacheOrleans.Silo.Tests.Security;

/// <summary>An application's own host that authenticates callers with another scheme.</summary>
public sealed class OtherSchemeTests
{
    [Theory]
    [InlineData("read", 403)]
    [InlineData("write", 200)]
    [InlineData("operate", 200)]
    [InlineData("cook", 403)]
    public async Task Policies_AnotherScheme_UseItsRoles(string role, int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Http:Keys:ops:Key"] = "sesame";
        builder.Configuration["Http:Keys:ops:Role"] = "operate";
        builder.Services.AddHttpAccess(SiloSettings.Read(builder.Configuration));
        builder.Services.AddAuthentication("Name").AddScheme<AuthenticationSchemeOptions, RoleInName>("Name", null);
        await using var app = builder.Build();
        app.MapGet("/", () => "").RequireAuthorization(HttpAccess.Write);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        Assert.Equal(status, await http.StatusAsync("GET", "/", ("Role", role)));
    }

    private sealed class RoleInName(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggerFactory, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggerFactory, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var role = new Claim(ClaimTypes.Role, Request.Headers["Role"].ToString());
            var owner = new ClaimsPrincipal(new ClaimsIdentity([role], Scheme.Name));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(owner, Scheme.Name)));
        }
    }
}
