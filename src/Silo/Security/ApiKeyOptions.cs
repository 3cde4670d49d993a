using CacheOrleans.Silo.Configuration;
using Microsoft.AspNetCore.Authentication;

namespace CacheOrleans.Silo.Security;

/// <summary>What <see cref="ApiKeyHandler"/> needs to know.</summary>
internal sealed class ApiKeyOptions : AuthenticationSchemeOptions
{
    public ApiKeys Keys { get; set; } = ApiKeys.Of(new HttpSettings());
}
