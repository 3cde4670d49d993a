using System.Net.Mime;
using CacheOrleans.Definitions;

namespace CacheOrleans.Grains.Registration;

/// <summary>A cache that the cluster knows.</summary>
/// <param name="Definition">The cache.</param>
/// <param name="Declaration">What an owner is told that does not know it; null: the cache is registered, so that every
/// silo knows it.</param>
public sealed record KnownCache(CacheDefinition Definition, CacheDeclaration? Declaration)
{
    /// <summary>Reads what a client has declared.</summary>
    /// <exception cref="ArgumentException">The declaration is not valid.</exception>
    internal static KnownCache Of(CacheDeclaration declaration) => new(
        new CacheDefinition(declaration.Name, declaration.Template, declaration.Life.TimeToLive)
        {
            NotFoundTimeToLive = declaration.Life.NotFoundTimeToLive,
            ContentType = declaration.ContentType ?? MediaTypeNames.Application.Octet,
        },
        declaration);
}
