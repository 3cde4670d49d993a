using System.Net.Mime;
using CacheOrleans.Definitions;

namespace CacheOrleans.Grains.Registration;

/// <summary>A cache that the cluster knows.</summary>
/// <param name="Definition">The cache's definition.</param>
/// <param name="Declaration">The declaration to send to an owner that does not know the cache; null if the cache is
/// registered, so that every silo knows it.</param>
public sealed record KnownCache(CacheDefinition Definition, CacheDeclaration? Declaration)
{
    /// <summary>Creates a cache from a client's declaration.</summary>
    /// <exception cref="ArgumentException">The declaration is not valid.</exception>
    internal static KnownCache Of(CacheDeclaration declaration) => new(
        new CacheDefinition(declaration.Name, declaration.Template, declaration.Life.TimeToLive)
        {
            NotFoundTimeToLive = declaration.Life.NotFoundTimeToLive,
            ContentType = declaration.ContentType ?? MediaTypeNames.Application.Octet,
        },
        declaration);
}
