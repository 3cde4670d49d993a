using CacheOrleans.Silo.Configuration;
using Microsoft.AspNetCore.Authentication;

namespace CacheOrleans.Silo.Security;

/// <summary>The options of <see cref="ApiKeyHandler"/>.</summary>
internal sealed class ApiKeyOptions : AuthenticationSchemeOptions
{
    public ApiKeys Keys { get; set; } = ApiKeys.Of(new HttpSettings());
}
