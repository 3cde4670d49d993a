using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Serialization;

/// <summary>Finds the JSON options of a type in the same places as <c>HybridCache</c>.</summary>
internal static class JsonOptionsOf
{
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    /// <summary>Returns the options registered for the type, otherwise those for all types, otherwise the
    /// defaults.</summary>
    /// <remarks>The service keys are <c>typeof(IHybridCacheSerializer&lt;T&gt;)</c> and
    /// <c>typeof(IHybridCacheSerializer&lt;&gt;)</c>. The defaults include fields if the type needs them.</remarks>
    public static JsonSerializerOptions Type<T>(IServiceProvider services) =>
        services.GetKeyedService<JsonSerializerOptions>(typeof(IHybridCacheSerializer<T>))
        ?? services.GetKeyedService<JsonSerializerOptions>(typeof(IHybridCacheSerializer<>))
        ?? (FieldOnlyTypes.IsIn(typeof(T)) ? WithFields : JsonSerializerOptions.Default);
}
