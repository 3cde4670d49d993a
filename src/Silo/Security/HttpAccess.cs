using CacheOrleans.Silo.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace CacheOrleans.Silo.Security;

/// <summary>The policies of the HTTP API: a role is required, or everybody is allowed where no key is needed.</summary>
/// <remarks>
/// The policies require role claims with the names of <see cref="HttpRole"/> in lower case, whatever scheme has
/// authenticated the request. An endpoint without a policy has the policy <see cref="Read"/>.
/// </remarks>
internal static class HttpAccess
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Operate = "operate";
    public const string Metrics = "metrics";

    public static IServiceCollection AddHttpAccess(this IServiceCollection services, SiloSettings settings)
    {
        var keys = ApiKeys.Of(settings.Http);
        var read = Policy(settings.ReadsNeedKey, HttpRole.Read);

        // AddAuthentication would add data protection too, which writes a key into the home folder of the process and
        // warns about it in a container; nothing here uses it.
        services.AddAuthenticationCore(options => options.DefaultScheme = ApiKeyHandler.SchemeName).AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<ApiKeyOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, options => options.Keys = keys);
        services.AddAuthorizationBuilder()
            .AddPolicy(Read, read)
            .AddPolicy(Write, Policy(keys.Any, HttpRole.Write))
            .AddPolicy(Operate, Policy(keys.Any, HttpRole.Operate))
            .AddPolicy(Metrics, Policy(settings.Http.MetricsNeedKey ?? settings.ReadsNeedKey, HttpRole.Read))
            .SetFallbackPolicy(read);
        return services;
    }

    /// <summary>Returns the name of a role in claims, policies and messages.</summary>
    public static string NameOf(HttpRole role) => role.ToString().ToLowerInvariant();

    private static AuthorizationPolicy Policy(bool needsKey, HttpRole least)
    {
        var policy = new AuthorizationPolicyBuilder();
        return (needsKey
            ? policy.RequireRole(Enum.GetValues<HttpRole>().Where(role => role >= least).Select(NameOf))
            : policy.RequireAssertion(_ => true)).Build();
    }
}
