using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Serialization;

/// <summary>Finds the serializer of each type among those that the application has registered for
/// <c>HybridCache</c>.</summary>
/// <remarks>
/// <para>The order of precedence: an <see cref="IHybridCacheSerializer{T}"/>, the last one registered; the built-in
/// serializers of strings and byte arrays; the <see cref="IHybridCacheSerializerFactory"/> services, the last one
/// first; System.Text.Json.</para>
/// <para>Thread-safe.</para>
/// </remarks>
internal sealed class CacheSerializers(IServiceProvider services)
{
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    private readonly ConcurrentDictionary<Type, object> _serializers = new();
    private readonly IHybridCacheSerializerFactory[] _factories =
        [.. services.GetServices<IHybridCacheSerializerFactory>().Reverse()];

    /// <summary>Returns the serializer of a type, the same instance each time.</summary>
    public CacheSerializer<T> Of<T>() => (CacheSerializer<T>)_serializers.GetOrAdd(
        typeof(T), static (_, serializers) => serializers.Find<T>(), this);

    private object Find<T>()
    {
        if (services.GetService<IHybridCacheSerializer<T>>() is { } registered)
        {
            return new PluggedSerializer<T>(registered);
        }

        if (typeof(T) == typeof(string))
        {
            return new StringSerializer();
        }

        if (typeof(T) == typeof(byte[]))
        {
            return new BytesSerializer();
        }

        foreach (var factory in _factories)
        {
            if (factory.TryCreateSerializer<T>(out var made))
            {
                return new PluggedSerializer<T>(made);
            }
        }

        return new JsonCacheSerializer<T>(FindJsonOptions<T>());
    }

    /// <summary>Returns the JSON options registered for the type, otherwise those for all types, otherwise the
    /// defaults, which include fields if the type needs them.</summary>
    private JsonSerializerOptions FindJsonOptions<T>() =>
        services.GetKeyedService<JsonSerializerOptions>(typeof(IHybridCacheSerializer<T>))
        ?? services.GetKeyedService<JsonSerializerOptions>(typeof(IHybridCacheSerializer<>))
        ?? (FieldOnlyTypes.IsIn(typeof(T)) ? WithFields : JsonSerializerOptions.Default);
}
