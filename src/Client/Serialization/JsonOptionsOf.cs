using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace CacheOrleans.Client.Serialization;

/// <summary>Finds the JSON options of a type where <c>HybridCache</c> looks for them.</summary>
internal static class JsonOptionsOf
{
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    /// <summary>Options registered for the type, else for all types, else the defaults.</summary>
    /// <remarks>The keys are <c>typeof(IHybridCacheSerializer&lt;T&gt;)</c> and
    /// <c>typeof(IHybridCacheSerializer&lt;&gt;)</c>. The defaults are with fields where the type needs them.</remarks>
    public static JsonSerializerOptions Type<T>(IServiceProvider services) =>
        services.GetKeyedService<JsonSerializerOptions>(typeof(IHybridCacheSerializer<T>))
        ?? services.GetKeyedService<JsonSerializerOptions>(typeof(IHybridCacheSerializer<>))
        ?? (FieldOnlyTypes.IsIn(typeof(T)) ? WithFields : JsonSerializerOptions.Default);
}
